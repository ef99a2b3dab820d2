/** The fault suite: which fault strikes when, how a round is judged, and the report. */
@NullMarked
package dev.mall.chaos;

import org.jspecify.annotations.NullMarked;
