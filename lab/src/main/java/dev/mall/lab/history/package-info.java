/** A run as data: events on nodes, the messages between them, and the violations found in it. */
@NullMarked
package dev.mall.lab.history;

import org.jspecify.annotations.NullMarked;
