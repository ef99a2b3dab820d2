/** Chapter 2: ids that several workers make. */
@NullMarked
package dev.mall.lab.ids;

import org.jspecify.annotations.NullMarked;
