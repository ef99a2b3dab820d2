package dev.mall.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpOrderClientTest {

  private static final Assortment USUAL = new Assortment(10, 2, 5);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsAnOrderWithItsHeadersToTheAddressThatTakesOrders() throws IOException {
    try (var client = client("/api/orders")) {
      var answer = client.place(false);

      assertThat(answer.status()).isEqualTo(202);
    }
    assertThat(requests).containsExactly("POST /api/orders Bearer token, prefers null");
    assertThat(accepted).containsExactly("4711 of " + USUAL.customerOf(0));
  }

  @Test
  void prefersTheOutcomeIfItIsToBeWaitedFor() throws IOException {
    try (var client = client("/orders")) {
      client.place(true);
    }

    assertThat(requests).containsExactly("POST /orders Bearer token, prefers wait=30");
  }

  private HttpOrderClient client(String path) {
    return new HttpOrderClient(
        URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path)),
        "Authorization: Bearer token\r\n",
        USUAL,
        (customerId, _, id) -> accepted.add(id + " of " + customerId));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var headers = exchange.getRequestHeaders();
      requests.add(
          "%s %s %s, prefers %s"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  headers.getFirst("Authorization"),
                  headers.getFirst("Prefer")));
      var body = "{\"id\":\"4711\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(202, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
