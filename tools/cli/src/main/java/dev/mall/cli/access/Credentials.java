package dev.mall.cli.access;

import java.util.Map;

/** Headers by which services know a program. */
@FunctionalInterface
public interface Credentials {

  /**
   * @throws dev.mall.cli.UnexpectedReplyException if the client gets no token
   */
  Map<String, String> of(MachineClient client);

  /** Those of services that have no issuer: they ask the desk alone, for the operator's token. */
  static Credentials withoutIssuer(String operatorToken) {
    return client ->
        client == MachineClient.DESK
            ? Map.of("Authorization", "Bearer " + operatorToken)
            : Map.of();
  }
}
