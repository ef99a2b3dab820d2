package dev.mall.web.operator;

import java.util.Optional;

/** Admits senders of access tokens to Actuator, in a service that judges tokens. */
@FunctionalInterface
public interface OperatorAccess {

  /**
   * Returns the token's subject, under whose name the request is handled; empty if the token is not
   * valid.
   *
   * @throws org.springframework.web.ErrorResponseException if its roles do not allow requests of
   *     this method (403), or no token can be judged at the moment (503)
   */
  Optional<String> admit(String method, String token);
}
