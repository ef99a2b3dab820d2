/** What the OpenAPI documents of all services have in common. */
@NullMarked
package dev.mall.web.openapi;

import org.jspecify.annotations.NullMarked;
