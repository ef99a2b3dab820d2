/** What people may ask of catalogue and stock over HTTP. */
@NullMarked
package dev.mall.inventory.web;

import org.jspecify.annotations.NullMarked;
