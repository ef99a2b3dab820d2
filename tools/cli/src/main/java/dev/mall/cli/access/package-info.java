/** Tokens of persons and programs, and an issuer for malls that start no gateway. */
@NullMarked
package dev.mall.cli.access;

import org.jspecify.annotations.NullMarked;
