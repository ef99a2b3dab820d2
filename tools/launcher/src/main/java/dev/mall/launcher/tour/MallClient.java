package dev.mall.launcher.tour;

import static dev.mall.cli.access.MachineClient.AUDIT;
import static dev.mall.cli.access.MachineClient.DESK;
import static dev.mall.cli.access.MachineClient.IMPORT;
import static dev.mall.cli.access.MachineClient.LOAD;

import dev.mall.cli.HttpReply;
import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.Polling;
import dev.mall.cli.access.MachineClient;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.verifier.accepted.Journal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The parts of the mall's API that the tour uses. */
final class MallClient {

  private static final Duration OPENS_WITHIN = Duration.ofSeconds(90);

  private static final Duration RETRIES_FOR = Duration.ofSeconds(60);

  private final JsonHttpClient http =
      new JsonHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(45));
  private final ServiceAddresses at;
  private final Journal accepted;
  private final Optional<CheckoutMode> mode;

  /**
   * @param accepted gets each order that is accepted
   * @param mode the checkout mode that orders name; empty for the mall's own choice
   */
  MallClient(ServiceAddresses at, Journal accepted, Optional<CheckoutMode> mode) {
    this.at = at;
    this.accepted = accepted;
    this.mode = mode;
  }

  /**
   * @param onHand pieces here
   * @param reserved pieces of those held for open orders
   */
  record Stock(long onHand, long reserved) {}

  /** Waits until every service is ready. */
  void awaitOpen() throws InterruptedException {
    for (var service : List.of(at.orders(), at.stock(), at.wallets(), at.inbox(), at.sagas())) {
      var probe = service.resolve("/readyz");
      Polling.require(
          OPENS_WITHIN,
          () -> http.get(probe, Map.of()).status() == 200,
          () -> "%s is not ready".formatted(probe));
    }
  }

  void offer(DemoProduct product) {
    var body =
        Map.of(
            "name", product.name(),
            "priceMinor", product.priceMinor(),
            "currency", DemoShop.CURRENCY);
    var uri = at.stock().resolve("/products/" + product.sku());
    retrying(() -> http.put(uri, body, as(IMPORT))).expect(200, 201, 204);
  }

  void receive(String sku, long quantity, String key) {
    post(at.stock().resolve("/stock/%s/receipts".formatted(sku)), Map.of("quantity", quantity), key)
        .expect(200, 201);
  }

  Stock stock(String sku) {
    var stock = get(at.stock().resolve("/stock/" + sku), AUDIT).expect(200);
    return new Stock(stock.number("onHand"), stock.number("reserved"));
  }

  void deposit(String customerId, long amountMinor, String key) {
    post(
            at.wallets().resolve("/wallets/%s/deposits".formatted(customerId)),
            Map.of("amountMinor", amountMinor, "currency", DemoShop.CURRENCY),
            key)
        .expect(200, 201);
  }

  /** The balance of the customer; 0 without a wallet. */
  long balanceMinor(String customerId) {
    var wallet = get(at.wallets().resolve("/wallets/" + customerId), AUDIT);
    return wallet.expect(200, 404).number("balanceMinor");
  }

  /**
   * Places an order and waits for its outcome, or not. Accepted orders are written to the journal.
   * An order that comes before order-service has read its first prices is not accepted, and placed
   * again.
   *
   * @return the answer, with any status
   */
  HttpReply place(DemoOrder request, Optional<String> key, Duration wait) {
    var headers = new HashMap<>(as(LOAD));
    key.ifPresent(value -> headers.put("Idempotency-Key", value));
    mode.ifPresent(value -> headers.put("Mall-Checkout", value.name()));
    if (wait.isPositive()) {
      headers.put("Prefer", "wait=" + wait.toSeconds());
    }
    var answer =
        JsonHttpClient.repeatWhile(
            reply -> reply.problem().filter("no-prices"::equals).isPresent(),
            RETRIES_FOR,
            () -> http.post(at.orders().resolve("/orders"), request.body(), headers));
    if (answer.status() == 200 || answer.status() == 202) {
      accepted.accepted(request.customerId(), key.orElse(null), answer.text("id"));
    }
    return answer;
  }

  /** Asks for the cancellation of an order; repeating it changes nothing. */
  HttpReply cancel(String id, String reason) {
    var uri = at.orders().resolve("/orders/%s/cancellation".formatted(id));
    return retrying(() -> http.post(uri, Map.of("reason", reason), as(LOAD))).expect(200, 202);
  }

  HttpReply order(String id) {
    return get(at.orders().resolve("/orders/" + id), LOAD).expect(200);
  }

  /** The order's timeline in order-service. */
  HttpReply timeline(String id) {
    return get(at.orders().resolve("/orders/%s/timeline".formatted(id)), LOAD).expect(200);
  }

  /** The orders of a customer. */
  List<JsonNode> ordersOf(String customerId) {
    return pages(at.orders().resolve("/orders?customerId=" + customerId), LOAD);
  }

  /** The sum of the entries of the customer's account. */
  long entriesMinor(String customerId) {
    return pages(at.wallets().resolve("/wallets/%s/entries?".formatted(customerId)), AUDIT).stream()
        .mapToLong(entry -> entry.path("amountMinor").asLong())
        .sum();
  }

  private List<JsonNode> pages(URI first, MachineClient client) {
    var items = new ArrayList<JsonNode>();
    var next = "";
    do {
      var page = next.isEmpty() ? first : URI.create(first + "&cursor=" + next);
      var reply = get(page, client).expect(200);
      reply.body().path("items").forEach(items::add);
      next = reply.text("next");
    } while (!next.isEmpty());
    return items;
  }

  /** The saga that settles the order. */
  HttpReply saga(String orderId) {
    return get(at.sagas().resolve("/sagas/" + orderId), DESK).expect(200);
  }

  /** The saga that returns the order: 404 until it has begun. */
  HttpReply returnSaga(String orderId) {
    var uri = at.sagas().resolve("/sagas/%s?turn=FOLLOW_UP".formatted(orderId));
    return get(uri, DESK).expect(200, 404);
  }

  long notificationsAbout(String customerId, String orderId) {
    var inbox =
        get(at.inbox().resolve("/notifications?customerId=" + customerId), AUDIT).expect(200);
    return inbox
        .body()
        .path("items")
        .valueStream()
        .filter(item -> item.path("orderId").asString("").equals(orderId))
        .count();
  }

  /** Lines to type that show what else there is. */
  List<String> nextSteps(DemoOrder example) {
    var customer = example.customerId();
    return List.of(
        "# one more order, answered when it is final; a token lasts a quarter of an hour",
        "curl -i '%s' %s -H 'Content-Type: application/json' -H 'Prefer: wait=5' -d '%s'"
            .formatted(at.orders().resolve("/orders"), bearer(customer), example.asJson()),
        "# all of %s's orders, and what is left in the wallet".formatted(customer),
        "curl '%s' %s"
            .formatted(at.orders().resolve("/orders?customerId=" + customer), bearer(customer)),
        "curl '%s' %s".formatted(at.wallets().resolve("/wallets/" + customer), bearer(customer)),
        "# the operator's view: every saga and, under /sagas/{orderId}, its whole way",
        "curl '%s' %s".formatted(at.sagas().resolve("/sagas"), bearer("operator")));
  }

  private static String bearer(String user) {
    return "-H \"Authorization: Bearer $(./mall token %s)\"".formatted(user);
  }

  private HttpReply get(URI uri, MachineClient client) {
    return retrying(() -> http.get(uri, as(client)));
  }

  /** Fills a shelf or a wallet. */
  private HttpReply post(URI uri, Object body, String idempotencyKey) {
    return retrying(() -> {
      var headers = new HashMap<>(as(IMPORT));
      headers.put("Idempotency-Key", idempotencyKey);
      return http.post(uri, body, headers);
    });
  }

  private Map<String, String> as(MachineClient client) {
    return at.credentials().of(client);
  }

  /** For requests that have the same effect however often they are sent. */
  private static HttpReply retrying(Supplier<HttpReply> request) {
    return JsonHttpClient.repeatWhile(HttpReply::isLater, RETRIES_FOR, request);
  }
}
