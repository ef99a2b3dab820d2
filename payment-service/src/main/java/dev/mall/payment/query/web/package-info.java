/** Payments over HTTP. */
@NullMarked
package dev.mall.payment.query.web;

import org.jspecify.annotations.NullMarked;
