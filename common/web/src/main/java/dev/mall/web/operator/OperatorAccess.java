package dev.mall.web.operator;

/** Admits senders of access tokens to Actuator, in a service that judges tokens. */
@FunctionalInterface
public interface OperatorAccess {

  /**
   * Whether the token is valid.
   *
   * @throws org.springframework.web.ErrorResponseException if its roles do not allow requests of
   *     this method (403), or no token can be judged at the moment (503)
   */
  boolean admits(String method, String token);
}
