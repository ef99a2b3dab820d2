/** Results as text, JSON, Markdown and SVG. */
@NullMarked
package dev.mall.benchmarks.report;

import org.jspecify.annotations.NullMarked;
