/** Faults of messages: replays, unreadable and absurd records. */
@NullMarked
package dev.mall.chaos.fault.message;

import org.jspecify.annotations.NullMarked;
