package dev.mall.chaos.shop;

import dev.mall.contracts.values.CheckoutMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Products and orders: common products, one in high demand, some that are always scarce, and a
 * customer whose wallet is empty.
 */
public final class Workload {

  public static final String HOT = "hot";
  private static final int COMMON = 12;
  private static final int SCARCE = 4;
  private static final int CUSTOMERS = 20;
  private static final int PIECES = 1_000_000;
  private static final long WEALTH_MINOR = 1_000_000_000;

  /** One in this many orders is cancelled by its customer. */
  private static final int CANCELLED_ONE_IN = 12;

  private final CheckoutMode mode;
  private final boolean cancels;
  private final RandomGenerator random;
  private final RandomGenerator whims;

  /** Orders in the default mode, some of which are cancelled. */
  public Workload(long seed) {
    this(seed, CheckoutMode.SAGA, true);
  }

  /**
   * @param seed of all orders, which are the same for the same seed
   * @param mode the checkout mode of all orders
   * @param cancels whether customers cancel some orders; no release before this one lets them
   */
  public Workload(long seed, CheckoutMode mode, boolean cancels) {
    this.mode = mode;
    this.cancels = cancels;
    this.random = new Random(seed);
    this.whims = new Random(~seed);
  }

  /** Fills shelves and wallets. */
  public static void open(ShopClient shop) {
    for (int i = 0; i < COMMON; i++) {
      shop.offer("common-" + i, 100 + i, PIECES);
    }
    shop.offer(HOT, 999, PIECES);
    for (int i = 0; i < SCARCE; i++) {
      shop.offer("scarce-" + i, 700 + i, 20);
    }
    for (int i = 0; i < CUSTOMERS; i++) {
      shop.deposit("customer-" + i, WEALTH_MINOR);
    }
    shop.deposit("poor", 1_000);
  }

  /** Orders cancelled for reasons that these customers and shelves give no cause for, in words. */
  public static List<String> cancelledWithoutCause(Connection orders) throws SQLException {
    var failures = new ArrayList<String>();
    try (var query =
            orders.prepareStatement(
                """
                select cancel_reason, count(*) as orders, min(id) as first from orders o
                 where cancel_reason = 'TIMED_OUT'
                    or cancel_reason = 'INSUFFICIENT_FUNDS' and customer_id <> 'poor'
                    or cancel_reason = 'OUT_OF_STOCK' and not exists (
                         select 1 from order_line l
                          where l.order_id = o.id and l.sku not like 'common-%'
                            and l.sku <> 'hot')
                 group by cancel_reason
                """);
        var rows = query.executeQuery()) {
      while (rows.next()) {
        failures.add(
            "%d orders were cancelled as %s without cause, %d first"
                .formatted(rows.getLong("orders"), rows.getString(1), rows.getLong("first")));
      }
    }
    return failures;
  }

  /** A few pieces more of something scarce. */
  void restock(ShopClient shop) {
    shop.receive("scarce-" + whims.nextInt(SCARCE), 1 + whims.nextInt(3));
  }

  RequestedOrder next() {
    return wanted().under(mode);
  }

  private synchronized RequestedOrder wanted() {
    return switch (next(12)) {
      case 0 -> new RequestedOrder("poor", Map.of(common(), 5));
      case 1 -> new RequestedOrder(customer(), Map.of(scarce(), 1));
      case 2 -> new RequestedOrder(customer(), Map.of(scarce(), 2, common(), 1));
      case 3, 4, 5 -> new RequestedOrder(customer(), Map.of(HOT, 1 + next(2)));
      case 6, 7 -> new RequestedOrder(customer(), severalLines());
      default -> new RequestedOrder(customer(), Map.of(common(), 1 + next(3)));
    };
  }

  /** One that is in stock and affordable. */
  RequestedOrder harmless() {
    return new RequestedOrder("customer-0", Map.of("common-0", 1), mode);
  }

  private Map<String, Integer> severalLines() {
    var items = new TreeMap<String, Integer>();
    for (int i = 0; i < 2 + next(3); i++) {
      items.put(common(), 1 + next(3));
    }
    items.put(HOT, 1);
    return items;
  }

  /** Whether the customer sends the request once more although it was answered. */
  boolean repeats() {
    return whims.nextInt(10) == 0;
  }

  /** Whether a customer has second thoughts now, about this order or about an earlier one. */
  boolean regrets() {
    return cancels && whims.nextInt(CANCELLED_ONE_IN) == 0;
  }

  /** Whether it is the order of just now, which is probably pending still. */
  boolean regretsAtOnce() {
    return whims.nextBoolean();
  }

  private String customer() {
    return "customer-" + next(CUSTOMERS);
  }

  private String common() {
    return "common-" + next(COMMON);
  }

  private String scarce() {
    return "scarce-" + next(SCARCE);
  }

  private int next(int bound) {
    return random.nextInt(bound);
  }
}
