/** Which configurations apply, by the issuer and by the class path that services may share. */
@NullMarked
package dev.mall.gateway.autoconfigure;

import org.jspecify.annotations.NullMarked;
