package dev.mall.cli.access;

import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Access tokens that an authorization server gives for the clients' secrets. */
public final class ClientCredentials implements Credentials {

  private final Map<MachineClient, AccessTokens> tokens = new EnumMap<>(MachineClient.class);

  /**
   * @param issuer the address of the gateway, or of another OpenID Connect issuer
   * @param secrets of all clients
   */
  public ClientCredentials(URI issuer, Function<MachineClient, String> secrets) {
    Arrays.stream(MachineClient.values())
        .forEach(client ->
            tokens.put(
                client,
                new AccessTokens(
                    issuer, client.clientId(), secrets.apply(client), InstantSource.system())));
  }

  @Override
  public Map<String, String> of(MachineClient client) {
    return Map.of("Authorization", "Bearer " + Objects.requireNonNull(tokens.get(client)).token());
  }
}
