/** The public entrance of all REST APIs. */
@NullMarked
package dev.mall.gateway;

import org.jspecify.annotations.NullMarked;
