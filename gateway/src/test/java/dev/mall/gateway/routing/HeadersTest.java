package dev.mall.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Headers on their way to a service and back. */
class HeadersTest {

  @Test
  void headersOfTheNextHopAloneReachNoService() {
    var client = new MockHttpServletRequest("GET", "/api/orders");
    client.addHeader("Connection", "close, X-Hop");
    client.addHeader("X-Hop", "1");
    client.addHeader("X-Other", "2");
    var request = ServerRequest.create(client, List.of());

    var headers = new UpstreamRequestHeaders().apply(request.headers().asHttpHeaders(), request);

    assertThat(headers.containsHeader("X-Hop")).isFalse();
    assertThat(headers.getFirst("X-Other")).isEqualTo("2");
  }

  @Test
  void headersOfTheNextHopAloneReachNoClient() {
    var given = new HttpHeaders();
    given.set("Connection", "X-Hop");
    given.set("X-Hop", "1");
    given.set("X-Other", "2");

    var headers = new UpstreamResponseHeaders().apply(given, ServerResponse.ok().build());

    assertThat(headers.containsHeader("X-Hop")).isFalse();
    assertThat(headers.getFirst("X-Other")).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/17?a=b%20c,       /api/orders/17?a=b%20c",
    "https://shop.example/a,   https://shop.example/a",
    "//shop.example/a,         //shop.example/a",
    "mailto:desk@shop.example, mailto:desk@shop.example",
    "17,                       17"
  })
  void onlyAPathOfTheServiceIsMovedBelowTheApi(URI location, URI moved) {
    assertThat(Routes.relocated(location)).isEqualTo(moved);
  }
}
