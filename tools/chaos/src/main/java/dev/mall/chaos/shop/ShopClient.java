package dev.mall.chaos.shop;

import static dev.mall.cli.access.MachineClient.AUDIT;
import static dev.mall.cli.access.MachineClient.IMPORT;
import static dev.mall.cli.access.MachineClient.LOAD;

import dev.mall.cli.HttpReply;
import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.MallService;
import dev.mall.cli.access.Credentials;
import dev.mall.cli.access.MachineClient;
import dev.mall.verifier.accepted.Journal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Speaks HTTP to the services as customers and shop keepers do. */
public final class ShopClient {

  /** For requests that add stock and deposits, also during faults. */
  private static final Duration KEEPER = Duration.ofMinutes(5);

  private final JsonHttpClient http =
      new JsonHttpClient(Duration.ofSeconds(2), Duration.ofSeconds(15));
  private final Function<MallService, URI> services;
  private final Credentials credentials;
  private final Journal journal;

  /**
   * @param services where a service is now
   * @param credentials by which services know the customers' channel and the shop keeper
   * @param journal for deposits and receipts of stock that are acknowledged
   */
  public ShopClient(Function<MallService, URI> services, Credentials credentials, Journal journal) {
    this.services = services;
    this.credentials = credentials;
    this.journal = journal;
  }

  /** Puts a product on offer. */
  public void offer(String sku, long priceMinor, int pieces) {
    var product = Map.of("name", "Product " + sku, "priceMinor", priceMinor, "currency", "EUR");
    insist(() ->
        http.put(uri(MallService.INVENTORY, "/products/" + sku), product, credentials.of(IMPORT)));
    receive(sku, pieces);
  }

  public void receive(String sku, int pieces) {
    var key = UUID.randomUUID().toString();
    var uri = uri(MallService.INVENTORY, "/stock/%s/receipts".formatted(sku));
    insist(() -> http.post(uri, Map.of("quantity", pieces), keyed(key, IMPORT)));
    journal.received(sku, key, pieces);
  }

  public void deposit(String customer, long amountMinor) {
    var key = UUID.randomUUID().toString();
    var money = Map.of("amountMinor", amountMinor, "currency", "EUR");
    var uri = uri(MallService.PAYMENT, "/wallets/%s/deposits".formatted(customer));
    insist(() -> http.post(uri, money, keyed(key, IMPORT)));
    journal.deposited(customer, key, amountMinor, "EUR");
  }

  /** One POST. */
  public HttpReply place(RequestedOrder order, String key) {
    var items =
        order.items().entrySet().stream()
            .map(item -> Map.of("sku", item.getKey(), "quantity", item.getValue()))
            .toList();
    var body =
        Map.of(
            "customerId", order.customer(), "items", items, "payment", Map.of("method", "WALLET"));
    var headers = keyed(key, LOAD);
    headers.put("Mall-Checkout", order.mode().name());
    return http.post(uri(MallService.ORDER, "/orders"), body, headers);
  }

  /** One POST; repeating it changes nothing. */
  public HttpReply cancel(String id) {
    var uri = uri(MallService.ORDER, "/orders/%s/cancellation".formatted(id));
    return http.post(uri, Map.of("reason", "changed my mind"), credentials.of(LOAD));
  }

  public HttpReply order(String id) {
    return http.get(uri(MallService.ORDER, "/orders/" + id), credentials.of(LOAD));
  }

  public HttpReply wallet(String customer) {
    return http.get(uri(MallService.PAYMENT, "/wallets/" + customer), credentials.of(AUDIT));
  }

  public HttpReply stock(String sku) {
    return http.get(uri(MallService.INVENTORY, "/stock/" + sku), credentials.of(AUDIT));
  }

  private URI uri(MallService service, String path) {
    return services.apply(service).resolve(path);
  }

  private Map<String, String> keyed(String key, MachineClient client) {
    var headers = new HashMap<>(credentials.of(client));
    headers.put("Idempotency-Key", key);
    return headers;
  }

  /** Repeats a request of the shop keeper until it is acknowledged: it is not under test. */
  private static void insist(Supplier<HttpReply> request) {
    var last = JsonHttpClient.repeatWhile(reply -> !reply.isSuccess(), KEEPER, request);
    if (!last.isSuccess()) {
      throw new IllegalStateException("the shop keeper gives up: " + last);
    }
  }
}
