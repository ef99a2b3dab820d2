/** Every way in which the suite breaks the mall, one class each. */
@NullMarked
package dev.mall.chaos.fault;

import org.jspecify.annotations.NullMarked;
