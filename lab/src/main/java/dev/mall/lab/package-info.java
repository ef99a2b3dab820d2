/** The lab: every concept of distributed systems fails on command, is drawn, and is repaired. */
@NullMarked
package dev.mall.lab;

import org.jspecify.annotations.NullMarked;
