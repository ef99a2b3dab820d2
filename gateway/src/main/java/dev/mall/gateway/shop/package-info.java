/**
 * The shop's pages: rendered here, decided by the services. Methods that templates call are public.
 */
@NullMarked
package dev.mall.gateway.shop;

import org.jspecify.annotations.NullMarked;
