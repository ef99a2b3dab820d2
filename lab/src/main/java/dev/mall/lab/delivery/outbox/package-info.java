/** Messages that wait in a database for a relay: in a table, or in the log. */
@NullMarked
package dev.mall.lab.delivery.outbox;

import org.jspecify.annotations.NullMarked;
