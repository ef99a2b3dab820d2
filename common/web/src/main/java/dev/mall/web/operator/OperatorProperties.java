package dev.mall.web.operator;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which paths are the operator's alone: those named here, and what Actuator has beyond health.
 *
 * @param token what {@code Authorization: Bearer} must carry; needed if there are paths; at least
 *     12 characters; without it Actuator answers health requests only
 * @param paths patterns like {@code /sagas/**}; {@code /**} for the whole port; none by default
 * @param openPaths exceptions from these: health, so that probes need no token
 */
@ConfigurationProperties("mall.web.operator")
public record OperatorProperties(
    @DefaultValue("") String token,
    @DefaultValue List<String> paths,
    @DefaultValue({"/actuator/health/**", "/livez", "/readyz"}) List<String> openPaths) {

  private static final int SHORTEST = 12;

  public OperatorProperties {
    if (!token.isEmpty() && token.strip().length() < SHORTEST) {
      throw new IllegalArgumentException(
          "mall.web.operator.token (MALL_OPERATOR_TOKEN) must have at least %d characters"
              .formatted(SHORTEST));
    }
  }

  /**
   * Returns the paths beside Actuator's that need the token.
   *
   * @param issuer whose tokens the service judges: where there is one, access tokens take the place
   *     of this one, which still reads Actuator; empty without
   * @throws IllegalStateException if there are paths to guard, and no token
   */
  public List<String> guardedPaths(String issuer) {
    if (!issuer.isBlank()) {
      return List.of();
    }
    if (!paths.isEmpty() && token.isBlank()) {
      throw new IllegalStateException(
          "mall.web.operator.token must be set (MALL_OPERATOR_TOKEN) because it guards " + paths);
    }
    return paths;
  }

  /** The token stays out of logs. */
  @Override
  public String toString() {
    return "OperatorProperties[paths=%s, openPaths=%s]".formatted(paths, openPaths);
  }
}
