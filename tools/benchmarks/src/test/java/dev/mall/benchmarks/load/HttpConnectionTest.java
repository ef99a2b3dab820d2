package dev.mall.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

  private HttpServer server;
  private HttpConnection connection;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/fixed", exchange -> answer(exchange, 200, false));
    server.createContext("/chunked", exchange -> answer(exchange, 202, true));
    server.createContext(
        "/busy",
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "7");
          exchange.getResponseHeaders().add("Connection", "close");
          answer(exchange, 503, false);
        });
    server.start();
    connection = new HttpConnection(uri(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    connection.close();
    server.stop(0);
  }

  @Test
  void sendsOneRequestAfterTheOther() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(connection.post("/fixed", "X-Test: 1\r\n", "{\"a\":\"ä\"}").body())
          .isEqualTo("POST {\"a\":\"ä\"}");
      assertThat(connection.post("/chunked", "", "{\"b\":2}"))
          .isEqualTo(new HttpConnection.Response(202, 0, "POST {\"b\":2}"));
      assertThat(connection.get("/fixed").body()).isEqualTo("GET ");
    }
  }

  @Test
  void readsHowLongToStandBack() throws IOException {
    assertThat(connection.get("/busy").retryAfterSeconds()).isEqualTo(7);
  }

  @Test
  void isNotUsedAgainOnceTheServerClosesIt() throws IOException {
    connection.get("/fixed");
    assertThat(connection.isReusable()).isTrue();

    connection.get("/busy");

    assertThat(connection.isReusable()).isFalse();
  }

  @Test
  void saysThatTheServerEnded() throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var broken = new HttpConnection(uri(listener.getLocalPort()))) {
      listener.accept().close();

      assertThatThrownBy(() -> broken.get("/fixed"))
          .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
    }
  }

  private static URI uri(int port) {
    return URI.create("http://%s:%d".formatted("127.0.0.1", port));
  }

  private static void answer(HttpExchange exchange, int status, boolean chunked)
      throws IOException {
    try (exchange) {
      var text =
          exchange.getRequestMethod()
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, chunked ? 0 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
