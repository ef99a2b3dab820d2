/** Chapter 9: messages that are lost, repeated, or sent about something that never happened. */
@NullMarked
package dev.mall.lab.delivery;

import org.jspecify.annotations.NullMarked;
