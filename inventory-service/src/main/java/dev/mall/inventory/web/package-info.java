/** The REST API of catalogue and stock. */
@NullMarked
package dev.mall.inventory.web;

import org.jspecify.annotations.NullMarked;
