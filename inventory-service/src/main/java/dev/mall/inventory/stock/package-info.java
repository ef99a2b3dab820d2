/** Stock per SKU, and the commands that reserve, commit and release it. */
@NullMarked
package dev.mall.inventory.stock;

import org.jspecify.annotations.NullMarked;
