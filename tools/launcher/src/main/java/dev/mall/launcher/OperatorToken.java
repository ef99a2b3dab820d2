package dev.mall.launcher;

import java.util.Optional;
import java.util.UUID;

/** The token for the operator's endpoints. */
final class OperatorToken {

  private static final String VALUE = chosen().orElse(UUID.randomUUID().toString());

  private OperatorToken() {}

  /** Of the mall that is started here: chosen by {@code MALL_OPERATOR_TOKEN} or new. */
  static String value() {
    return VALUE;
  }

  static Optional<String> chosen() {
    return Optional.ofNullable(System.getenv("MALL_OPERATOR_TOKEN"))
        .filter(token -> !token.isBlank());
  }
}
