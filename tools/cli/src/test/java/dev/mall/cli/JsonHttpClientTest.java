package dev.mall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonHttpClientTest {

  private final JsonHttpClient client =
      new JsonHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(5));
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean busy = requests.incrementAndGet() == 1;
          var body =
              (busy
                      ? "{\"type\": \"https://mall.example/problems/too-many-open-orders\"}"
                      : "{\"id\": \"7\", \"totalMinor\": 5}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(busy ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsProblemsAndBodies() {
    assertThat(client.get(address(), Map.of()).problem()).contains("too-many-open-orders");

    var reply = client.post(address(), Map.of(), Map.of("Idempotency-Key", "k")).expect(200);

    assertThat(reply.text("id")).isEqualTo("7");
    assertThat(reply.number("totalMinor")).isEqualTo(5);
  }

  @Test
  void sendsAgainWhileTheServiceIsUnavailable() {
    var reply =
        JsonHttpClient.repeatWhile(
            HttpReply::isLater, Duration.ofMinutes(1), () -> client.get(address(), Map.of()));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(requests).hasValue(2);
  }

  @Test
  void keepsAnInterruptAndStopsRepeating() {
    Thread.currentThread().interrupt();

    var reply =
        JsonHttpClient.repeatWhile(
            HttpReply::isLater, Duration.ofMinutes(1), () -> client.get(address(), Map.of()));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(reply.status()).isZero();
  }

  @Test
  void saysThatNoProcessListens() {
    var address = address();
    server.stop(0);

    var reply = client.get(address, Map.of());

    assertThat(reply.isConnectionRefused()).isTrue();
    assertThatThrownBy(() -> reply.expect(200))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("got no answer");
  }

  private URI address() {
    return URI.create("http://127.0.0.1:%d/orders".formatted(server.getAddress().getPort()));
  }
}
