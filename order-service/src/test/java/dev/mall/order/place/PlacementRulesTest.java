package dev.mall.order.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.money.Money;
import dev.mall.order.Order;
import dev.mall.order.OrderRefused;
import dev.mall.order.place.PlaceOrder.Item;
import dev.mall.order.place.Placement.Accepted;
import dev.mall.order.place.Placement.Refused;
import dev.mall.order.place.PlacementRules.KnownRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Function<String, Optional<OrderRefused>> ADMITTED = _ -> Optional.empty();
  private static final Map<String, Money> PRICES =
      Map.of(
          "tea", Money.of(450, "EUR"),
          "cup", Money.of(1200, "EUR"),
          "bun", Money.of(300, "USD"),
          "moon", Money.of(Long.MAX_VALUE, "EUR"));

  @Test
  void anOrderCostsWhatItsLinesCost() {
    var order = placed(decide(request("ann", null, new Item("tea", 3), new Item("cup", 1))));

    assertThat(order.total()).isEqualTo(Money.of(2550, "EUR"));
    assertThat(order.lines()).hasSize(2);
    assertThat(order.lines().getFirst().unitPrice()).isEqualTo(Money.of(450, "EUR"));
  }

  @Test
  void namesAllProductsItDoesNotKnow() {
    var refused =
        refusal(
            decide(request("ann", null, new Item("x", 1), new Item("tea", 1), new Item("y", 1))));

    assertThat(((OrderRefused.UnknownSku) refused).skus()).containsExactly("x", "y");
  }

  @Test
  void refusesSumsThatCannotBeMade() {
    assertThat(refusal(decide(request("ann", null, new Item("tea", 1), new Item("bun", 1)))))
        .isInstanceOf(OrderRefused.MixedCurrencies.class);
    assertThat(refusal(decide(request("ann", null, new Item("moon", 2)))))
        .isInstanceOf(OrderRefused.TotalTooLarge.class);
    assertThat(refusal(decide(request("ann", null, new Item("moon", 1), new Item("tea", 1)))))
        .isInstanceOf(OrderRefused.TotalTooLarge.class);
  }

  @Test
  void takesTheExpectedTotalAtItsWord() {
    assertThat(decide(expecting(450L))).isInstanceOf(Accepted.class);
    assertThat(((OrderRefused.PriceChanged) refusal(decide(expecting(449L)))).totalMinor())
        .isEqualTo(450);
  }

  @Test
  void aKnownRequestIsAnsweredThoughNothingElseIs() {
    var request = request("ann", "k", new Item("tea", 1));
    var order = placed(decide(request));
    var known = Map.of(request.key(), new KnownRequest(request.fingerprint(), order));

    var placement =
        PlacementRules.decide(
                List.of(request),
                new long[] {8},
                known,
                Map.of(),
                _ -> Optional.of(new OrderRefused.TooManyOpen()),
                NOW)
            .getFirst();

    assertThat(placement).isEqualTo(new Accepted(order, false));
  }

  /** Also if the customer is refused for an order that is not known yet. */
  @Test
  void oneCustomersRefusalIsOfItsNewOrdersOnly() {
    var before = request("ann", "k", new Item("tea", 1));
    var order = placed(decide(before));
    var known = Map.of(before.key(), new KnownRequest(before.fingerprint(), order));
    OrderRefused refused =
        new OrderRefused.TooManyDeclinedPayments(5, Duration.ofMinutes(1), SECOND);

    var placements =
        PlacementRules.decide(
            List.of(
                request("ann", "l", new Item("tea", 1)),
                before,
                request("bob", "k", new Item("tea", 1)),
                request("ann", null, new Item("tea", 1))),
            new long[] {8, 9, 10, 11},
            known,
            PRICES,
            customer -> Optional.of(refused).filter(_ -> customer.equals("ann")),
            NOW);

    assertThat(placements.getFirst()).isEqualTo(new Refused(refused));
    assertThat(placements.get(1)).isEqualTo(new Accepted(order, false));
    assertThat(placed(placements.get(2)).details().customerId()).isEqualTo("bob");
    assertThat(placements.get(3)).isEqualTo(new Refused(refused));
  }

  @Test
  void whatIsAskedForMakesTheFingerprint() {
    var fingerprint = request("ann", "k", new Item("tea", 1)).fingerprint();

    assertThat(request("ann", "other", new Item("tea", 1)).fingerprint()).isEqualTo(fingerprint);
    assertThat(request("ann", "k", new Item("tea", 2)).fingerprint()).isNotEqualTo(fingerprint);
    assertThat(request("bob", "k", new Item("tea", 1)).fingerprint()).isNotEqualTo(fingerprint);
    assertThat(expecting(1L).fingerprint()).isNotEqualTo(fingerprint);
  }

  /**
   * However requests are batched, and whichever is first with a key: a key becomes one order, and
   * only requests that were accepted are known.
   */
  @Test
  void aKeyBecomesOneOrderHoweverRequestsFallIntoBatches() {
    for (int seed = 0; seed < 2000; seed++) {
      var random = new Random(seed);
      var known = new HashMap<RequestKey, KnownRequest>();
      var orderOfKey = new HashMap<RequestKey, Long>();
      var orders = new HashSet<Long>();
      long nextId = 1;
      for (int round = 0; round < 4; round++) {
        var batch = batch(random);
        var ids = LongStream.range(nextId, nextId += batch.size()).toArray();
        var placements = PlacementRules.decide(batch, ids, known, PRICES, ADMITTED, NOW);
        for (int i = 0; i < batch.size(); i++) {
          var request = batch.get(i);
          var about = "seed %d, round %d: %s".formatted(seed, round, request);
          switch (placements.get(i)) {
            case Accepted(var order, var isNew) when isNew -> {
              assertThat(orders.add(order.id())).describedAs(about).isTrue();
              if (request.key() != null) {
                assertThat(orderOfKey.put(request.key(), order.id())).describedAs(about).isNull();
                known.put(request.key(), new KnownRequest(request.fingerprint(), order));
              }
            }
            case Accepted(var order, _) ->
                assertThat(orderOfKey.get(request.key())).describedAs(about).isEqualTo(order.id());
            case Refused(OrderRefused.KeyReused _) ->
                assertThat(orderOfKey).describedAs(about).containsKey(request.key());
            case Refused(var why) ->
                assertThat(why).describedAs(about).isInstanceOf(OrderRefused.UnknownSku.class);
          }
        }
      }
    }
  }

  private static List<PlaceOrder> batch(Random random) {
    var skus = List.of("tea", "cup", "unknown-sku");
    return IntStream.range(0, random.nextInt(1, 8))
        .mapToObj(_ ->
            request(
                random.nextBoolean() ? "ann" : "bob",
                random.nextInt(3) == 0 ? null : "key-" + random.nextInt(3),
                new Item(skus.get(random.nextInt(3)), random.nextInt(1, 3))))
        .toList();
  }

  private static PlaceOrder request(String customer, @Nullable String key, Item... items) {
    return new PlaceOrder(
        new Order.Details(customer, PaymentMethod.WALLET, CheckoutMode.SAGA),
        Arrays.asList(items),
        null,
        key == null ? null : new RequestKey(customer, key),
        null);
  }

  private static PlaceOrder expecting(long totalMinor) {
    return new PlaceOrder(
        new Order.Details("ann", PaymentMethod.WALLET, CheckoutMode.SAGA),
        List.of(new Item("tea", 1)),
        totalMinor,
        null,
        null);
  }

  private static Placement decide(PlaceOrder request) {
    return PlacementRules.decide(List.of(request), new long[] {1}, Map.of(), PRICES, ADMITTED, NOW)
        .getFirst();
  }

  private static Order placed(Placement placement) {
    return ((Accepted) placement).order();
  }

  private static OrderRefused refusal(Placement placement) {
    return ((Refused) placement).why();
  }
}
