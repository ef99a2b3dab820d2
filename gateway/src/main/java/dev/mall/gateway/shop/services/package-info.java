/** Calls of the services for the shop's pages, with the customer's own token. */
@NullMarked
package dev.mall.gateway.shop.services;

import org.jspecify.annotations.NullMarked;
