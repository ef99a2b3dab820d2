package dev.mall.launcher.tour;

import dev.mall.launcher.terminal.Terminal;
import dev.mall.verifier.accepted.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Many orders at once: a piece each of one product, by many customers. */
public final class Load {

  private static final int AT_ONCE = 200;
  private static final int MOST_CUSTOMERS = 50;
  private static final Duration FINISHES_WITHIN = Duration.ofMinutes(10);
  private static final Product SPOON = new Product("espresso-spoon", "Espresso spoon", 1_00, 0);

  private final Shop shop;
  private final Terminal terminal;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicInteger heldBack = new AtomicInteger();

  public Load(Addresses addresses, Journal accepted, Terminal terminal) {
    this.shop = new Shop(addresses, accepted);
    this.terminal = terminal;
  }

  /**
   * What the orders took.
   *
   * @param heldBack how often the intake answered "later" (503)
   * @param placedIn until the last was accepted
   * @param confirmedIn until the last was confirmed
   */
  public record Result(int orders, int heldBack, Duration placedIn, Duration confirmedIn) {

    public double perSecond() {
      return orders * 1000.0 / confirmedIn.toMillis();
    }
  }

  /** Fills shelf and wallets with just what the orders need. */
  public void prepare(int orders) {
    terminal.title("%d orders at once".formatted(orders));
    shop.offer(SPOON);
    shop.receive(SPOON.sku(), orders, UUID.randomUUID().toString());
    customers(orders)
        .forEach(customer ->
            shop.deposit(customer.id(), customer.moneyMinor(), UUID.randomUUID().toString()));
    awaitPrice();
  }

  /** Places the orders and waits until all are confirmed. */
  public Result place(int orders) {
    long start = System.nanoTime();
    var customers = customers(orders);
    atOnce(IntStream.range(0, orders).mapToObj(n -> customers.get(n % customers.size())).toList());
    var placedIn = Duration.ofNanos(System.nanoTime() - start);
    customers.forEach(this::awaitConfirmed);
    return new Result(
        orders, heldBack.get(), placedIn, Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * @return what was not spent to the last cent; nothing if all is well
   */
  public List<String> complaints(int orders) {
    return customers(orders).stream()
        .filter(customer -> shop.balanceMinor(customer.id()) != 0)
        .map(customer -> customer.id() + " did not pay what was ordered")
        .toList();
  }

  private List<Customer> customers(int orders) {
    int count = Math.min(orders, MOST_CUSTOMERS);
    return IntStream.range(0, count)
        .mapToObj(n -> {
          int share = orders / count + (n < orders % count ? 1 : 0);
          return new Customer("load-" + run + "-" + n, "", share * SPOON.priceMinor());
        })
        .toList();
  }

  /** A wrong expectation is refused for the price once it is known, and never makes an order. */
  private void awaitPrice() {
    var probe = OrderRequest.of(new Customer("load-probe", "", 0), new OrderRequest.Item(SPOON, 1));
    Patience.until(
        Duration.ofSeconds(30),
        () -> shop.place(probe.expecting(1), Optional.empty(), Duration.ZERO).status() == 409,
        () -> "order-service does not know the price");
  }

  private void atOnce(List<Customer> buyers) {
    var places = new Semaphore(AT_ONCE);
    var placed = new ArrayList<Future<?>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var buyer : buyers) {
        places.acquire();
        placed.add(executor.submit(() -> placeOne(buyer, places)));
      }
      for (var each : placed) {
        each.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new UnexpectedReplyException("the load broke off: " + e.getMessage(), e);
    }
  }

  private void placeOne(Customer customer, Semaphore places) {
    try {
      var order = OrderRequest.of(customer, new OrderRequest.Item(SPOON, 1));
      var key = Optional.of(UUID.randomUUID().toString());
      var answer = shop.place(order, key, Duration.ZERO);
      while (answer.status() == 503) {
        heldBack.incrementAndGet();
        Patience.pause(Duration.ofSeconds(Math.max(1, answer.retryAfterSeconds())));
        answer = shop.place(order, key, Duration.ZERO);
      }
      answer.expect(202);
    } finally {
      places.release();
    }
  }

  private void awaitConfirmed(Customer customer) {
    var cursor = Optional.<String>empty();
    do {
      var from = cursor;
      var page = new ArrayList<Reply>();
      Patience.until(
          FINISHES_WITHIN,
          () -> {
            page.add(shop.ordersOf(customer.id(), from));
            return page.getLast()
                .body()
                .path("items")
                .valueStream()
                .allMatch(order -> order.path("status").asString("").equals("CONFIRMED"));
          },
          () -> "not every order of %s is confirmed".formatted(customer.id()));
      cursor = Optional.of(page.getLast().text("next")).filter(next -> !next.isEmpty());
    } while (cursor.isPresent());
  }
}
