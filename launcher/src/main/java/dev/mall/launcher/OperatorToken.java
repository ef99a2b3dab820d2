package dev.mall.launcher;

import java.util.UUID;

/**
 * What opens the operator's endpoints of this mall: chosen by {@code MALL_OPERATOR_TOKEN} or new.
 */
final class OperatorToken {

  private static final String VALUE = chosen();

  private OperatorToken() {}

  static String value() {
    return VALUE;
  }

  private static String chosen() {
    var token = System.getenv("MALL_OPERATOR_TOKEN");
    return token == null || token.isBlank() ? UUID.randomUUID().toString() : token;
  }
}
