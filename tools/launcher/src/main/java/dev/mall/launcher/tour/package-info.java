/** A walk through the shop over its public HTTP interface, wherever it runs. */
@NullMarked
package dev.mall.launcher.tour;

import org.jspecify.annotations.NullMarked;
