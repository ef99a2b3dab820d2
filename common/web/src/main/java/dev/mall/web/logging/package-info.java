/** Keeps what clients send from shaping log lines. Public where Logback creates it by name. */
@NullMarked
package dev.mall.web.logging;

import org.jspecify.annotations.NullMarked;
