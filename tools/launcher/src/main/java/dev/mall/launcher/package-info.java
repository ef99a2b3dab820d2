/** The whole mall in one JVM, and a tour of it. */
@NullMarked
package dev.mall.launcher;

import org.jspecify.annotations.NullMarked;
