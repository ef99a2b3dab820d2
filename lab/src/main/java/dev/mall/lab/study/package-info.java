/** The form of an experiment: its concept, its claim, its two halves and its judge. */
@NullMarked
package dev.mall.lab.study;

import org.jspecify.annotations.NullMarked;
