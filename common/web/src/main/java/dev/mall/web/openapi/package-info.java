/** Conventions that the OpenAPI documents of all services share. */
@NullMarked
package dev.mall.web.openapi;

import org.jspecify.annotations.NullMarked;
