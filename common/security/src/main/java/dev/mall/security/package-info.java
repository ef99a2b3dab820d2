/** Tokens, roles, and rules of who may send which request. */
@NullMarked
package dev.mall.security;

import org.jspecify.annotations.NullMarked;
