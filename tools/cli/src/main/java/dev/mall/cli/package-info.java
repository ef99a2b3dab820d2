/** Command-line parts that the tools share: options, help, terminal, polling and an HTTP client. */
@NullMarked
package dev.mall.cli;

import org.jspecify.annotations.NullMarked;
