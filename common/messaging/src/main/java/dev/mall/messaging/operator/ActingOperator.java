package dev.mall.messaging.operator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;

/** The name under which an act at Actuator is recorded. */
public final class ActingOperator {

  private ActingOperator() {}

  /** The subject of the request's access token; empty where the service judges no tokens. */
  public static Optional<String> subject(SecurityContext security) {
    return Optional.ofNullable(security.getPrincipal()).map(principal -> principal.getName());
  }

  /**
   * Returns the subject of the request's access token or, only where the service judges no tokens,
   * the name that the request gives.
   *
   * @throws InvalidEndpointRequestException if there is neither
   */
  public static String name(SecurityContext security, @Nullable String given) {
    return subject(security)
        .or(() -> Optional.ofNullable(given).filter(name -> !name.isBlank()))
        .orElseThrow(() ->
            new InvalidEndpointRequestException(
                "who is missing", "who must name the operator: no token does"));
  }
}
