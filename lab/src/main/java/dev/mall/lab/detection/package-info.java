/** Chapter 8: failure detection, judged by recorded heartbeats. */
@NullMarked
package dev.mall.lab.detection;

import org.jspecify.annotations.NullMarked;
