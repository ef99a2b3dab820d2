/** Who may request what from the gateway itself. */
@NullMarked
package dev.mall.gateway.identity.web;

import org.jspecify.annotations.NullMarked;
