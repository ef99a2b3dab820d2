package dev.mall.gateway.routing;

import java.util.List;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Drops headers of a service's answer that the gateway sets on each answer itself, and those that
 * {@code Connection} names as meant for the next hop alone.
 */
@Component
class UpstreamResponseHeaders implements ResponseHttpHeadersFilter, Ordered {

  private static final List<String> OWN =
      List.of(HttpHeaders.CACHE_CONTROL, "X-Content-Type-Options", HttpHeaders.SET_COOKIE);

  @Override
  public HttpHeaders apply(HttpHeaders given, ServerResponse response) {
    var headers = new HttpHeaders();
    headers.putAll(given);
    given.getConnection().forEach(headers::remove);
    OWN.forEach(headers::remove);
    return headers;
  }

  /** Before Spring's filter of hop-by-hop headers, which removes {@code Connection}. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
