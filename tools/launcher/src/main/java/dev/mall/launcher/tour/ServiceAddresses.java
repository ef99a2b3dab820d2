package dev.mall.launcher.tour;

import dev.mall.cli.access.Credentials;
import java.net.URI;

/**
 * Where the services answer.
 *
 * @param credentials by which they know the tour
 */
public record ServiceAddresses(
    URI orders, URI stock, URI wallets, URI inbox, URI sagas, Credentials credentials) {}
