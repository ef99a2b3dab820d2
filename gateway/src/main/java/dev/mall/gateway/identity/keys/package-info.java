/** Keys that sign tokens: persisted, encrypted, rotated. */
@NullMarked
package dev.mall.gateway.identity.keys;

import org.jspecify.annotations.NullMarked;
