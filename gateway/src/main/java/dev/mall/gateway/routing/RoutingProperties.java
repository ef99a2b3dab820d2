package dev.mall.gateway.routing;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are, and what the gateway lets through to them.
 *
 * @param services base address of each service: {@code order}, {@code inventory}, {@code payment},
 *     {@code notification}, {@code saga}
 * @param requestsPerService requests that may wait for one service's answer at a time; above zero
 * @param origins origins whose pages may call the APIs (CORS), like {@code https://shop.example};
 *     none by default
 */
@ConfigurationProperties("mall.gateway")
public record RoutingProperties(
    Map<String, URI> services,
    @DefaultValue("200") int requestsPerService,
    @DefaultValue List<String> origins) {

  public RoutingProperties {
    if (requestsPerService <= 0) {
      throw new IllegalArgumentException("mall.gateway.requests-per-service must be above zero");
    }
    if (origins.contains("*")) {
      throw new IllegalArgumentException(
          "mall.gateway.origins must name each origin: '*' would admit every page");
    }
    for (var upstream : Upstream.values()) {
      requireAddress(upstream, services.get(upstream.key()));
    }
    var unknown =
        services.keySet().stream()
            .filter(key -> Arrays.stream(Upstream.values()).noneMatch(u -> u.key().equals(key)))
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("mall.gateway.services has unknown services: " + unknown);
    }
  }

  public URI addressOf(Upstream upstream) {
    return Objects.requireNonNull(services.get(upstream.key()));
  }

  private static void requireAddress(Upstream upstream, @Nullable URI address) {
    if (address == null || address.getHost() == null || !isHttp(address)) {
      throw new IllegalArgumentException(
          "mall.gateway.services.%s must be an http or https address, like http://localhost:8081"
              .formatted(upstream.key()));
    }
  }

  private static boolean isHttp(URI address) {
    return "http".equals(address.getScheme()) || "https".equals(address.getScheme());
  }
}
