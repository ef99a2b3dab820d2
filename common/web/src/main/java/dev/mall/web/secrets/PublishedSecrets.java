package dev.mall.web.secrets;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Refuses the secrets that the repository publishes for a mall on a laptop, where the issuer's
 * address shows that other machines reach the mall.
 */
public final class PublishedSecrets {

  /** How they begin. */
  private static final String PREFIX = "laptop-";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final List<String> ISSUERS =
      List.of("mall.gateway.identity.issuer", "mall.security.issuer");

  /** Settings that are or hold a secret, and the variables by which they are set. */
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("spring.datasource.password", "MALL_…_DB_PASSWORD"),
          new Setting("spring.datasource.url", "MALL_…_DB_URL"),
          new Setting("mall.locking.redis-url", "MALL_REDIS_URL"),
          new Setting("mall.gateway.rates.redis-url", "MALL_REDIS_URL"),
          new Setting("mall.web.operator.token", "MALL_OPERATOR_TOKEN"),
          new Setting("mall.gateway.keys.secret", "MALL_GATEWAY_KEY_SECRET"));

  private static final String IDENTITY = "mall.gateway.identity.";

  private PublishedSecrets() {}

  private record Setting(String property, String variable) {

    @Override
    public String toString() {
      return "%s (%s)".formatted(property, variable);
    }
  }

  /** A user or a client of the gateway. */
  record Login(@DefaultValue("") String password, @DefaultValue("") String secret) {}

  /**
   * @throws IllegalArgumentException with the names of all settings that have such a value, and the
   *     remedy, if an issuer is set that is not on the loopback interface, or the profile {@code
   *     secure} is active
   */
  public static void refuse(Environment environment) {
    var exposure = exposure(environment);
    var published = exposure.isPresent() ? published(environment) : List.<String>of();
    if (!published.isEmpty()) {
      throw new IllegalArgumentException(
          "%s, and .env.example publishes the values of %s; ./mall secrets makes other secrets"
              .formatted(exposure.get(), String.join(", ", published)));
    }
  }

  /** Empty on a laptop. */
  private static Optional<String> exposure(Environment environment) {
    if (environment.matchesProfiles("secure")) {
      return Optional.of("the profile secure is active");
    }
    return ISSUERS.stream()
        .filter(property -> !isLocal(environment.getProperty(property, "").strip()))
        .map(property -> property + " is not on the loopback interface")
        .findFirst();
  }

  /** Also without an issuer. */
  private static boolean isLocal(String issuer) {
    var host = URI.create(issuer).getHost(); // null for a name that is none of DNS, such as a_b
    return issuer.isEmpty() || (host != null && LOOPBACK.contains(host));
  }

  private static List<String> published(Environment environment) {
    return Stream.of(
            SETTINGS.stream()
                .filter(it -> isPublished(environment.getProperty(it.property(), "")))
                .map(Setting::toString),
            logins("users", environment),
            logins("clients", environment))
        .flatMap(names -> names)
        .toList();
  }

  private static Stream<String> logins(String kind, Environment environment) {
    return Binder.get(environment)
        .bind(IDENTITY + kind, Bindable.mapOf(String.class, Login.class))
        .orElse(Map.of())
        .entrySet()
        .stream()
        .filter(it -> isPublished(it.getValue().password()) || isPublished(it.getValue().secret()))
        .map(it -> IDENTITY + kind + "." + it.getKey())
        .sorted();
  }

  /**
   * @param value a secret, or a URL that may hold one
   */
  private static boolean isPublished(String value) {
    var userInfo = value.substring(0, Math.max(0, value.indexOf('@')));
    return value.startsWith(PREFIX)
        || value.contains("password=" + PREFIX)
        || userInfo.contains(":" + PREFIX);
  }
}
