package dev.mall.lab.consensus.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mall.embedded.process.Ports;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;

/**
 * A node's HTTP for clients:
 *
 * <ul>
 *   <li>{@code GET /values/KEY?read=linearizable}, or {@code local}: 200 with the value, 204 if
 *       there is none
 *   <li>{@code PUT /values/KEY?client=UUID&call=NUMBER&if=absent}: 200 {@code true}, or {@code
 *       false} if the condition did not hold; 307 to the leader
 *   <li>{@code GET /status}
 *   <li>{@code PUT /snapshot}
 *   <li>{@code PUT /separated}: the nodes from which this one is cut off, with a space between them
 * </ul>
 *
 * 503: a majority did not answer in time. A write may have taken effect all the same, or do so
 * later.
 */
final class StoreHttp {

  private static final long PATIENCE_MILLIS = 700;
  private static final String VALUES = "/values/";

  private final StoreNode node;
  private final NodeSettings settings;
  private final HttpServer server;

  StoreHttp(StoreNode node, NodeSettings settings) throws IOException {
    this.node = node;
    this.settings = settings;
    this.server = HttpServer.create(Ports.address(settings.self().httpPort()), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(VALUES, exchange -> respond(exchange, values(exchange)));
    server.createContext("/status", exchange -> respond(exchange, ok(node.status().text())));
    server.createContext("/snapshot", exchange -> respond(exchange, snapshot()));
    server.createContext("/separated", exchange -> respond(exchange, separate(exchange)));
  }

  void start() {
    server.start();
  }

  private record Response(int status, String body, Optional<String> location) {}

  private Response values(HttpExchange exchange) throws IOException {
    var key = exchange.getRequestURI().getPath().substring(VALUES.length());
    var query = query(exchange);
    if (exchange.getRequestMethod().equals("PUT")) {
      return put(exchange, new StoreCommand(query.containsKey("if"), key, body(exchange)), query);
    }
    if ("local".equals(query.get("read"))) {
      return value(node.localValue(key));
    }
    return reply(node.read(key))
        .map(reply -> reply.getMessage().getContent().toStringUtf8())
        .map(answer ->
            value(Optional.of(answer).filter(it -> !it.isEmpty()).map(it -> it.substring(1))))
        .orElseGet(StoreHttp::unavailable);
  }

  private Response put(HttpExchange exchange, StoreCommand command, Map<String, String> query)
      throws IOException {
    var leader = node.otherLeader().map(settings::peer);
    if (leader.isPresent()) {
      return new Response(
          307,
          "",
          Optional.of(
              "http://127.0.0.1:%d%s"
                  .formatted(leader.get().httpPort(), exchange.getRequestURI())));
    }
    var client = ClientId.valueOf(UUID.fromString(query.getOrDefault("client", "")));
    return reply(node.put(client, Long.parseLong(query.getOrDefault("call", "")), command))
        .map(reply -> ok(reply.getMessage().getContent().toStringUtf8()))
        .orElseGet(StoreHttp::unavailable);
  }

  private Response snapshot() throws IOException {
    node.takeSnapshot();
    return ok("");
  }

  private Response separate(HttpExchange exchange) throws IOException {
    node.separateFrom(
        Arrays.stream(body(exchange).split(" ", -1))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
    return ok("");
  }

  /** Empty if it did not succeed in time. */
  private static Optional<RaftClientReply> reply(CompletableFuture<RaftClientReply> pending) {
    try {
      return Optional.of(pending.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
          .filter(RaftClientReply::isSuccess);
    } catch (ExecutionException | TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Response ok(String body) {
    return new Response(200, body, Optional.empty());
  }

  private static Response value(Optional<String> value) {
    return value.map(StoreHttp::ok).orElse(new Response(204, "", Optional.empty()));
  }

  private static Response unavailable() {
    return new Response(503, "", Optional.empty());
  }

  private static void respond(HttpExchange exchange, Response response) throws IOException {
    try (exchange) {
      var body = response.body().getBytes(StandardCharsets.UTF_8);
      response
          .location()
          .ifPresent(location -> exchange.getResponseHeaders().set("Location", location));
      exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    var found = new HashMap<String, String>();
    var query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (var part : query.split("&", -1)) {
        var pair = part.split("=", 2);
        found.put(
            pair[0], pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "");
      }
    }
    return found;
  }
}
