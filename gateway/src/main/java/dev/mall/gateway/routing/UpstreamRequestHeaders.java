package dev.mall.gateway.routing;

import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Sets the headers by which a service learns of the client, in place of any that the client sent,
 * and withholds cookies, which are the gateway's, and headers that {@code Connection} names as
 * meant for the next hop alone.
 */
@Component
class UpstreamRequestHeaders implements RequestHttpHeadersFilter, Ordered {

  @Override
  public HttpHeaders apply(HttpHeaders given, ServerRequest request) {
    var headers = new HttpHeaders();
    headers.putAll(given);
    request.headers().asHttpHeaders().getConnection().forEach(headers::remove);
    headers.remove(HttpHeaders.COOKIE);
    headers.remove("Forwarded");
    headers.headerNames().stream()
        .filter(name -> name.regionMatches(true, 0, "X-Forwarded-", 0, "X-Forwarded-".length()))
        .toList()
        .forEach(headers::remove);
    var client = request.servletRequest();
    headers.set("X-Forwarded-For", client.getRemoteAddr());
    headers.set("X-Forwarded-Proto", client.getScheme());
    headers.set("X-Forwarded-Host", client.getServerName());
    headers.set("X-Forwarded-Prefix", "/api");
    if (client.getAttribute(RequestIdFilter.ATTRIBUTE) instanceof String id) {
      headers.set(RequestIdFilter.HEADER, id);
    }
    return headers;
  }

  /** After Spring's own filters, which would remove these headers. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
