package dev.mall.launcher.tour;

import dev.mall.cli.HttpReply;
import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.Polling;
import dev.mall.cli.Terminal;
import dev.mall.cli.UnexpectedReplyException;
import dev.mall.contracts.values.CheckoutMode;
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
import java.util.stream.Stream;

/** Many orders at once: a piece each of one product, by many customers. */
public final class Load {

  private static final int AT_ONCE = 200;
  private static final int FEW_CUSTOMERS = 50;

  /** Less than one customer may hold unpaid, though all his orders wait for their payment. */
  private static final int ORDERS_EACH = 50;

  private static final Duration TAKEN_WITHIN = Duration.ofMinutes(5);
  private static final Duration FINISHES_WITHIN = Duration.ofMinutes(10);
  private static final DemoProduct SPOON =
      new DemoProduct("espresso-spoon", "Espresso spoon", 1_00, 0);

  private final int perSecond;
  private final MallClient shop;
  private final Terminal terminal;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicInteger heldBack = new AtomicInteger();
  private List<DemoCustomer> customers = List.of();

  /**
   * @param mode that its orders name, if any
   * @param perSecond how many orders per second at most; 0 for as fast as they are taken
   */
  public Load(
      ServiceAddresses addresses,
      Journal accepted,
      Optional<CheckoutMode> mode,
      int perSecond,
      Terminal terminal) {
    this.perSecond = perSecond;
    this.shop = new MallClient(addresses, accepted, mode);
    this.terminal = terminal;
  }

  /**
   * The cost of the orders.
   *
   * @param heldBack how often the answer was "later", or none
   * @param placedIn until the last was accepted
   * @param finalIn until the last was final
   */
  public record Result(int orders, int heldBack, Duration placedIn, Duration finalIn) {

    @Override
    public String toString() {
      return "%.0f orders/s: all accepted after %.1f s, all final after %.1f s; held back %d times"
          .formatted(
              orders * 1000.0 / finalIn.toMillis(),
              placedIn.toMillis() / 1000.0,
              finalIn.toMillis() / 1000.0,
              heldBack);
    }
  }

  /** Fills shelf and wallets with just what the orders need. */
  public void prepare(int orders) throws InterruptedException {
    terminal.title("%d orders at once".formatted(orders));
    customers = customers(orders, run);
    shop.offer(SPOON);
    shop.receive(SPOON.sku(), orders, UUID.randomUUID().toString());
    customers.forEach(customer ->
        shop.deposit(customer.id(), customer.moneyMinor(), UUID.randomUUID().toString()));
    awaitPrice();
  }

  /** Places the orders and waits until all are final. */
  public Result place(int orders) throws InterruptedException {
    long start = System.nanoTime();
    atOnce(IntStream.range(0, orders).mapToObj(n -> customers.get(n % customers.size())).toList());
    var placedIn = Duration.ofNanos(System.nanoTime() - start);
    for (var customer : customers) {
      awaitFinal(customer);
    }
    return new Result(
        orders, heldBack.get(), placedIn, Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * @return what did not end as it must: every order confirmed, once, and paid
   */
  public List<String> complaints() {
    return customers.stream().flatMap(this::complaints).toList();
  }

  private Stream<String> complaints(DemoCustomer customer) {
    var complaints = Stream.<String>builder();
    var placed = shop.ordersOf(customer.id());
    if (placed.size() * SPOON.priceMinor() != customer.moneyMinor()) {
      complaints.add(
          "%s has %d orders, not as many as asked for".formatted(customer.id(), placed.size()));
    }
    placed.stream()
        .filter(order -> !order.path("status").asString("").equals("CONFIRMED"))
        .forEach(order -> complaints.add("an order was not confirmed: " + order));
    long balance = shop.balanceMinor(customer.id());
    if (balance != 0 || shop.entriesMinor(customer.id()) != 0) {
      complaints.add("%s did not pay what was ordered".formatted(customer.id()));
    }
    return complaints.build();
  }

  private static List<DemoCustomer> customers(int orders, String run) {
    int count = Math.max(Math.min(orders, FEW_CUSTOMERS), Math.ceilDiv(orders, ORDERS_EACH));
    return IntStream.range(0, count)
        .mapToObj(n -> {
          int share = orders / count + (n < orders % count ? 1 : 0);
          return new DemoCustomer("load-" + run + "-" + n, "", share * SPOON.priceMinor());
        })
        .toList();
  }

  /** A wrong expectation is refused for the price once it is known, and never makes an order. */
  private void awaitPrice() throws InterruptedException {
    var probe = DemoOrder.of(new DemoCustomer("load-probe", "", 0), new DemoOrder.Item(SPOON, 1));
    Polling.require(
        Duration.ofSeconds(30),
        () -> shop.place(probe.expecting(1), Optional.empty(), Duration.ZERO).status() == 409,
        () -> "order-service does not know the price");
  }

  private void atOnce(List<DemoCustomer> buyers) throws InterruptedException {
    var places = new Semaphore(AT_ONCE);
    var placed = new ArrayList<Future<?>>();
    long start = System.nanoTime();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var buyer : buyers) {
        awaitTurn(start, placed.size());
        places.acquire();
        placed.add(executor.submit(() -> placeOne(buyer, places)));
      }
      for (var each : placed) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnexpectedReplyException reply
          ? reply
          : new IllegalStateException("an order of the load failed", e.getCause());
    }
  }

  private void awaitTurn(long start, int number) throws InterruptedException {
    if (perSecond > 0) {
      long turn = start + number * 1_000_000_000L / perSecond;
      Thread.sleep(Duration.ofNanos(Math.max(0, turn - System.nanoTime())));
    }
  }

  /** Asks until the order is taken; with one key, so that it is taken once. */
  private void placeOne(DemoCustomer customer, Semaphore places) {
    try {
      var order = DemoOrder.of(customer, new DemoOrder.Item(SPOON, 1));
      var key = Optional.of(UUID.randomUUID().toString());
      var answer =
          JsonHttpClient.repeatWhile(
              this::isHeldBack, TAKEN_WITHIN, () -> shop.place(order, key, Duration.ZERO));
      answer.expect(200, 202); // 200: an answer was lost, and by now the order is final
    } finally {
      places.release();
    }
  }

  private boolean isHeldBack(HttpReply reply) {
    if (reply.isLater()) {
      heldBack.incrementAndGet();
    }
    return reply.isLater();
  }

  private void awaitFinal(DemoCustomer customer) throws InterruptedException {
    Polling.require(
        FINISHES_WITHIN,
        () ->
            shop.ordersOf(customer.id()).stream()
                .noneMatch(order -> order.path("status").asString("").equals("PENDING")),
        () -> "not every order of %s is final".formatted(customer.id()));
  }
}
