/** Routes of the REST APIs to the services behind the gateway. */
@NullMarked
package dev.mall.gateway.routing;

import org.jspecify.annotations.NullMarked;
