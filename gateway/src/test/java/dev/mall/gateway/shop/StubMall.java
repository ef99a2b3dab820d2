package dev.mall.gateway.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * The services behind the shop, at one address: answers each path with a document that a test has
 * set, in the form of the OpenAPI documents, and records requests.
 */
final class StubMall implements AutoCloseable {

  /** A request as it arrived. */
  record Received(String method, String uri, Map<String, List<String>> headers, String body) {

    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  private record Answer(int status, String body) {}

  static final String ORDER = "120203516923871232";

  private static final String NOTHING =
      """
      {"type": "https://mall.dev/problems/not-found", "title": "Not found", "status": 404,
       "detail": "there is nothing"}
      """;

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  StubMall() {
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

  List<Received> received(String method, String path) {
    return received.stream()
        .filter(it -> it.method().equals(method) && it.uri().split("\\?", 2)[0].equals(path))
        .toList();
  }

  /** Sets the answer to a request without its query. */
  void answers(String method, String path, int status, String body) {
    answers.put(method + " " + path, new Answer(status, body));
  }

  /** Closes connections without an answer, for the paths that begin so. */
  void isSilent(String path) {
    silent.add(path);
  }

  /** A shop with two products, a customer with a wallet, and no order. */
  void open() {
    answers.clear();
    silent.clear();
    received.clear();
    product("espresso-cup", "Espresso cup", 12_50);
    product("grinder", "Coffee grinder", 89_00);
    products("espresso-cup", "grinder");
    available(40, 0);
    answers("GET", "/orders", 200, page());
    answers("GET", "/payments", 200, page());
    answers("GET", "/notifications", 200, page());
    answers(
        "GET",
        "/wallets/ada",
        200,
        """
        {"customerId": "ada", "balanceMinor": 20000, "currency": "EUR"}
        """);
    answers(
        "GET",
        "/wallets/ada/entries",
        200,
        page(
            """
            {"kind": "DEPOSIT", "amountMinor": 20000, "currency": "EUR",
             "postedAt": "2026-11-30T10:00:00Z", "reference": "7d0c"}
            """));
  }

  void product(String sku, String name, long priceMinor) {
    answers("GET", "/products/" + sku, 200, productDocument(sku, name, priceMinor));
  }

  void products(String... skus) {
    var documents =
        List.of(skus).stream().map(sku -> body("GET", "/products/" + sku)).toArray(String[]::new);
    answers("GET", "/products", 200, page(documents));
  }

  private static String productDocument(String sku, String name, long priceMinor) {
    return """
    {"sku": "%s", "name": "%s", "priceMinor": %d, "currency": "EUR", "version": 1}
    """
        .formatted(sku, name, priceMinor);
  }

  void available(int cups, int grinders) {
    answers(
        "GET",
        "/availability",
        200,
        page(
            "{\"sku\": \"espresso-cup\", \"available\": %d}".formatted(cups),
            "{\"sku\": \"grinder\", \"available\": %d}".formatted(grinders)));
  }

  /** The customer's only order, of a cup. */
  void order(String status, String further) {
    var order =
        """
        {"id": "%s", "customerId": "ada", "checkout": "SAGA", "status": "%s", "totalMinor": 1250,
         "currency": "EUR", "payment": {"method": "WALLET"}, "placedAt": "2026-11-30T10:00:00Z"%s,
         "items": [{"sku": "espresso-cup", "quantity": 1, "unitPriceMinor": 1250}]}
        """
            .formatted(ORDER, status, further);
    answers("GET", "/orders", 200, page(order));
    answers("GET", "/orders/" + ORDER, 200, order);
    answers("POST", "/orders", 202, order);
    answers("POST", "/orders/" + ORDER + "/cancellation", 202, order);
    timeline("PLACED");
  }

  void confirmedOrder() {
    order("CONFIRMED", ", \"settledAt\": \"2026-11-30T10:00:01Z\"");
    payment("CAPTURED");
    notification("CONFIRMED");
  }

  void timeline(String what) {
    answers(
        "GET",
        "/orders/" + ORDER + "/timeline",
        200,
        """
        {"orderId": "%s", "entries": [{"what": "%s", "at": "2026-11-30T10:00:00Z"}]}
        """
            .formatted(ORDER, what));
  }

  void payment(String status) {
    answers(
        "GET",
        "/payments",
        200,
        page(
            """
            {"orderId": "%s", "customerId": "ada", "status": "%s", "amountMinor": 1250,
             "currency": "EUR", "capturedMinor": 0, "heldMinor": 0, "refundedMinor": 0,
             "updatedAt": "2026-11-30T10:00:01Z"}
            """
                .formatted(ORDER, status)));
  }

  void notification(String outcome) {
    answers(
        "GET",
        "/notifications",
        200,
        page(
            """
            {"orderId": "%s", "customerId": "ada", "outcome": "%s", "title": "Your order",
             "text": "Thank you! You paid 12.50 EUR.", "totalMinor": 1250, "currency": "EUR",
             "notifiedAt": "2026-11-30T10:00:02Z"}
            """
                .formatted(ORDER, outcome)));
  }

  private static String page(String... documents) {
    return "{\"items\": [%s], \"next\": null}".formatted(String.join(",", documents));
  }

  private String body(String method, String path) {
    return answers.getOrDefault(method + " " + path, new Answer(404, NOTHING)).body();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var uri = exchange.getRequestURI();
      received.add(
          new Received(
              exchange.getRequestMethod(),
              uri.toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              body));
      if (silent.stream().anyMatch(uri.getPath()::startsWith)) {
        return;
      }
      var answer =
          answers.getOrDefault(
              exchange.getRequestMethod() + " " + uri.getPath(), new Answer(404, NOTHING));
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .add(
              "Content-Type",
              answer.status() < 400 ? "application/json" : "application/problem+json");
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
