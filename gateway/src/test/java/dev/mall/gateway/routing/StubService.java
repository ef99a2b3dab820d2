package dev.mall.gateway.routing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A service behind the gateway: records requests, and answers as the path asks for. */
final class StubService implements AutoCloseable {

  /** A request as it arrived. */
  record Received(String method, String uri, Map<String, List<String>> headers, String body) {

    List<String> header(String name) {
      return headers.getOrDefault(name, List.of());
    }
  }

  private static final byte[] HALF = new byte[50_000];

  private final HttpServer server;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);

  StubService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Received next() throws InterruptedException {
    return received.take();
  }

  /** Lets the requests to {@code …/held} and {@code …/long} go on. */
  void release() {
    release.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      received.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body));
      var path = exchange.getRequestURI().getPath();
      if (path.endsWith("/broken")) {
        return; // closes the connection without an answer
      }
      if (path.endsWith("/held")) {
        awaitRelease();
      }
      if (path.endsWith("/long")) {
        exchange.sendResponseHeaders(202, 2L * HALF.length);
        exchange.getResponseBody().write(HALF);
        exchange.getResponseBody().flush();
        awaitRelease();
        exchange.getResponseBody().write(HALF);
        return;
      }
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.getResponseHeaders().add("Cache-Control", "no-store");
      exchange.getResponseHeaders().add("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().add("Set-Cookie", "a=b");
      exchange.getResponseHeaders().add("Location", "/orders/17");
      var answer = "{\"path\":\"%s\"}".formatted(path).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(path.endsWith("/moved") ? 303 : 202, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }
}
