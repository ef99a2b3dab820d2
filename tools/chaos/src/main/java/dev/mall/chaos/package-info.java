/** The fault suite: what is broken when, how it is judged, and what is told of it. */
@NullMarked
package dev.mall.chaos;

import org.jspecify.annotations.NullMarked;
