package dev.mall.gateway.routing;

import java.util.List;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/** Drops headers of a service's answer that the gateway sets on each answer itself. */
@Component
class UpstreamResponseHeaders implements ResponseHttpHeadersFilter {

  private static final List<String> OWN =
      List.of(HttpHeaders.CACHE_CONTROL, "X-Content-Type-Options", HttpHeaders.SET_COOKIE);

  @Override
  public HttpHeaders apply(HttpHeaders given, ServerResponse response) {
    var headers = new HttpHeaders();
    headers.putAll(given);
    OWN.forEach(headers::remove);
    return headers;
  }
}
