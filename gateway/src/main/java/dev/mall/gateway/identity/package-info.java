/** The authorization server: users, clients, login, tokens. Another issuer may take its place. */
@NullMarked
package dev.mall.gateway.identity;

import org.jspecify.annotations.NullMarked;
