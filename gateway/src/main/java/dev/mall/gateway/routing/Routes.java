package dev.mall.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.stripPrefix;
import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The paths of the services, each below {@code /api}. */
@Configuration(proxyBeanMethods = false)
class Routes {

  private static final String PREFIX = "/api";

  @Bean
  RouterFunction<ServerResponse> apiRoutes(RoutingProperties routing, MeterRegistry meters) {
    return Arrays.stream(Upstream.values())
        .map(upstream -> routeTo(upstream, routing, meters))
        .reduce(RouterFunction::and)
        .orElseThrow();
  }

  /** Services speak HTTP/1.1; an offer to upgrade would be a second round trip for some. */
  @Bean
  ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> http11() {
    return builder ->
        builder.withHttpClientCustomizer(client -> client.version(HttpClient.Version.HTTP_1_1));
  }

  private static RouterFunction<ServerResponse> routeTo(
      Upstream upstream, RoutingProperties routing, MeterRegistry meters) {
    var route = GatewayRouterFunctions.route(upstream.service());
    upstream.paths().stream()
        .map(path -> RequestPredicates.path(PREFIX + path))
        .forEach(path -> route.route(path, HandlerFunctions.http()));
    return route
        .before(stripPrefix(1))
        .before(uri(routing.addressOf(upstream)))
        .filter(new UpstreamCalls(upstream, routing.requestsPerService(), meters))
        .after(Routes::relocate)
        .build();
  }

  private static ServerResponse relocate(ServerRequest request, ServerResponse response) {
    var location = response.headers().getLocation();
    if (location != null) {
      response.headers().setLocation(relocated(location));
    }
    return response;
  }

  /** A service's {@code Location} is a path of its own; another address stays as it is. */
  static URI relocated(URI location) {
    var path = location.getPath();
    return location.getScheme() == null
            && location.getRawAuthority() == null
            && path != null
            && path.startsWith("/")
        ? URI.create(PREFIX + location)
        : location;
  }
}
