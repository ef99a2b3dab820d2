/** Chapter 4: consensus. */
@NullMarked
package dev.mall.lab.consensus;

import org.jspecify.annotations.NullMarked;
