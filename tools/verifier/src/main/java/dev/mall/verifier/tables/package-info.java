/** What each service has written down: all the SQL there is, one class per service. */
@NullMarked
package dev.mall.verifier.tables;

import org.jspecify.annotations.NullMarked;
