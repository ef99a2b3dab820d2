package dev.mall.benchmarks.mall;

import static dev.mall.cli.access.MachineClient.IMPORT;
import static dev.mall.cli.access.MachineClient.LOAD;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.cli.HttpReply;
import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.MallService;
import dev.mall.cli.Polling;
import dev.mall.cli.access.MachineClient;
import dev.mall.verifier.accepted.Journal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Puts products on offer, and money into wallets, through the services' interfaces. */
public final class Shop {

  /** Enough for every order of the longest run. */
  private static final int PIECES = 1_000_000;

  private static final long WEALTH_MINOR = 1_000_000_000;

  /** Less than any order. */
  private static final long POVERTY_MINOR = 1;

  private static final int AT_ONCE = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final JsonHttpClient http =
      new JsonHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(30));
  private final BenchmarkedMall mall;
  private final Journal journal;

  /**
   * @param journal for deposits and receipts that are acknowledged
   */
  public Shop(BenchmarkedMall mall, Journal journal) {
    this.mall = mall;
    this.journal = journal;
  }

  /** Returns when every product can be ordered. */
  public void open(Assortment assortment) throws InterruptedException {
    long minor = assortment.poor() ? POVERTY_MINOR : WEALTH_MINOR;
    var tasks = new ArrayList<Callable<?>>();
    assortment.names().forEach(sku -> tasks.add(Executors.callable(() -> offer(sku))));
    IntStream.range(0, assortment.customers())
        .mapToObj(assortment::customer)
        .forEach(customer -> tasks.add(Executors.callable(() -> deposit(customer, minor))));

    atOnce(tasks);
    for (var sku : assortment.names()) {
      Polling.require(
          PATIENCE, () -> isKnown(sku), () -> "order-service does not know the price of " + sku);
    }
  }

  private static void atOnce(List<? extends Callable<?>> tasks) throws InterruptedException {
    try (var executor = Executors.newFixedThreadPool(AT_ONCE)) {
      var done = new ArrayList<Future<?>>();
      tasks.forEach(task -> done.add(executor.submit(task)));
      for (var each : done) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the shop cannot be opened", e.getCause());
    }
  }

  private void offer(String sku) {
    var product = Map.of("name", sku, "priceMinor", Assortment.PRICE_MINOR, "currency", "EUR");
    insist(() -> http.put(uri(MallService.INVENTORY, "/products/" + sku), product, as(IMPORT)));
    receive(sku, PIECES);
  }

  /** Returns when the pieces are booked. */
  void receive(String sku, int pieces) {
    var key = UUID.randomUUID().toString();
    var receipts = uri(MallService.INVENTORY, "/stock/%s/receipts".formatted(sku));
    insist(() -> http.post(receipts, Map.of("quantity", pieces), keyed(key)));
    journal.received(sku, key, pieces);
  }

  private void deposit(String customer, long minor) {
    var key = UUID.randomUUID().toString();
    var deposits = uri(MallService.PAYMENT, "/wallets/%s/deposits".formatted(customer));
    var money = Map.of("amountMinor", minor, "currency", "EUR");
    insist(() -> http.post(deposits, money, keyed(key)));
    journal.deposited(customer, key, minor, "EUR");
  }

  /** An order that expects a wrong total is refused for its price, and never accepted. */
  private boolean isKnown(String sku) {
    var probe =
        Map.of(
            "customerId",
            "bench-probe",
            "items",
            List.of(Map.of("sku", sku, "quantity", 1)),
            "payment",
            Map.of("method", "WALLET"),
            "expectedTotalMinor",
            1);
    return http.post(uri(MallService.ORDER, "/orders"), probe, as(LOAD)).status() == 409;
  }

  private URI uri(MallService service, String path) {
    return mall.uri(service).resolve(path);
  }

  private Map<String, String> keyed(String key) {
    var headers = new HashMap<>(as(IMPORT));
    headers.put("Idempotency-Key", key);
    return headers;
  }

  private Map<String, String> as(MachineClient client) {
    return mall.credentials().of(client);
  }

  private static void insist(Supplier<HttpReply> request) {
    JsonHttpClient.repeatWhile(HttpReply::isLater, PATIENCE, request).expect(200, 201, 204);
  }
}
