/** Diagrams of histories, for the terminal and as SVG, and the pages in docs/lab. */
@NullMarked
package dev.mall.lab.page;

import org.jspecify.annotations.NullMarked;
