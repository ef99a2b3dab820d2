package dev.mall.identifiers;

import java.time.Instant;

/**
 * The parts of an id.
 *
 * @param time when it was made, on its maker's clock; whole milliseconds
 * @param worker 0 to 1023
 * @param sequence 0 to 4095, counts within one millisecond
 */
public record IdParts(Instant time, int worker, int sequence) {}
