/** Which auto-configurations apply where the gateway and services share a class path. */
@NullMarked
package dev.mall.gateway.autoconfigure;

import org.jspecify.annotations.NullMarked;
