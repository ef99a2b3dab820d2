/** Strict reading of bodies, parameters and headers: paging, request keys, versions. */
@NullMarked
package dev.mall.web.input;

import org.jspecify.annotations.NullMarked;
