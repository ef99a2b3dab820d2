/** The registry of metrics and alerts, compared with what programs export. */
@NullMarked
package dev.mall.testing.telemetry;

import org.jspecify.annotations.NullMarked;
