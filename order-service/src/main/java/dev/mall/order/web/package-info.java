/** The HTTP surface: requests, views, problems, and waiting for the outcome. */
@NullMarked
package dev.mall.order.web;

import org.jspecify.annotations.NullMarked;
