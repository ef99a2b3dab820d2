/** The authorization server: users, clients, login, tokens. */
@NullMarked
package dev.mall.gateway.identity;

import org.jspecify.annotations.NullMarked;
