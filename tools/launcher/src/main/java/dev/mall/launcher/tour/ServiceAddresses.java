package dev.mall.launcher.tour;

import java.net.URI;

/**
 * Where the services answer.
 *
 * @param operatorToken opens the saga-orchestrator's endpoints
 */
public record ServiceAddresses(
    URI orders, URI stock, URI wallets, URI inbox, URI sagas, String operatorToken) {}
