package dev.mall.order.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.values.PaymentMethod;
import dev.mall.money.Money;
import dev.mall.order.Order;
import dev.mall.order.OrderRefused;
import dev.mall.order.catalogue.ProductPrice;
import dev.mall.order.place.PlaceOrder.Item;
import dev.mall.order.place.PlacementRules.Decision;
import dev.mall.order.place.PlacementRules.Decision.Place;
import dev.mall.order.place.PlacementRules.Decision.Refuse;
import dev.mall.order.place.PlacementRules.Decision.Repeat;
import dev.mall.order.place.PlacementRules.KnownRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Map<String, ProductPrice> CATALOGUE =
      Map.of(
          "tea", new ProductPrice("tea", Money.of(450, "EUR")),
          "cup", new ProductPrice("cup", Money.of(1200, "EUR")),
          "bun", new ProductPrice("bun", Money.of(300, "USD")),
          "moon", new ProductPrice("moon", Money.of(Long.MAX_VALUE, "EUR")));

  @Test
  void anOrderCostsWhatItsLinesCost() {
    var order = placed(decide(wish("ann", null, new Item("tea", 3), new Item("cup", 1))));

    assertThat(order.total()).isEqualTo(Money.of(2550, "EUR"));
    assertThat(order.lines()).hasSize(2);
    assertThat(order.lines().getFirst().unitPrice()).isEqualTo(Money.of(450, "EUR"));
  }

  @Test
  void namesAllProductsItDoesNotKnow() {
    var refused =
        refusal(decide(wish("ann", null, new Item("x", 1), new Item("tea", 1), new Item("y", 1))));

    assertThat(((OrderRefused.UnknownSku) refused).skus()).containsExactly("x", "y");
  }

  @Test
  void refusesSumsThatCannotBeMade() {
    assertThat(refusal(decide(wish("ann", null, new Item("tea", 1), new Item("bun", 1)))))
        .isInstanceOf(OrderRefused.MixedCurrencies.class);
    assertThat(refusal(decide(wish("ann", null, new Item("moon", 2)))))
        .isInstanceOf(OrderRefused.TotalTooLarge.class);
    assertThat(refusal(decide(wish("ann", null, new Item("moon", 1), new Item("tea", 1)))))
        .isInstanceOf(OrderRefused.TotalTooLarge.class);
  }

  @Test
  void takesTheExpectedTotalAtItsWord() {
    assertThat(decide(expecting(450L))).isInstanceOf(Place.class);
    assertThat(((OrderRefused.PriceChanged) refusal(decide(expecting(449L)))).totalMinor())
        .isEqualTo(450);
  }

  @Test
  void aKnownRequestIsAnsweredThoughNothingElseIs() {
    var request = wish("ann", "k", new Item("tea", 1));
    var known = Map.of(request.key(), new KnownRequest(request.fingerprint(), 7));

    var decision =
        PlacementRules.decide(
                List.of(request),
                new long[] {8},
                known,
                Map.of(),
                Optional.of(new OrderRefused.TooManyOpen()),
                NOW)
            .getFirst();

    assertThat(decision).isEqualTo(new Repeat(7));
  }

  @Test
  void whatIsAskedForMakesTheFingerprint() {
    var fingerprint = wish("ann", "k", new Item("tea", 1)).fingerprint();

    assertThat(wish("ann", "other", new Item("tea", 1)).fingerprint()).isEqualTo(fingerprint);
    assertThat(wish("ann", "k", new Item("tea", 2)).fingerprint()).isNotEqualTo(fingerprint);
    assertThat(wish("bob", "k", new Item("tea", 1)).fingerprint()).isNotEqualTo(fingerprint);
    assertThat(expecting(1L).fingerprint()).isNotEqualTo(fingerprint);
  }

  /**
   * However requests fall into batches, and whoever was faster with which key: a key becomes one
   * order, and only requests that were accepted are known.
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
        var decisions = PlacementRules.decide(batch, ids, known, CATALOGUE, Optional.empty(), NOW);
        for (int i = 0; i < batch.size(); i++) {
          var request = batch.get(i);
          var about = "seed %d, round %d: %s".formatted(seed, round, request);
          switch (decisions.get(i)) {
            case Place(var order) -> {
              assertThat(orders.add(order.id())).describedAs(about).isTrue();
              if (request.key() != null) {
                assertThat(orderOfKey.put(request.key(), order.id())).describedAs(about).isNull();
                known.put(request.key(), new KnownRequest(request.fingerprint(), order.id()));
              }
            }
            case Repeat(var id) ->
                assertThat(orderOfKey.get(request.key())).describedAs(about).isEqualTo(id);
            case Refuse(OrderRefused.KeyReused _) ->
                assertThat(orderOfKey).describedAs(about).containsKey(request.key());
            case Refuse(var why) ->
                assertThat(why).describedAs(about).isInstanceOf(OrderRefused.UnknownSku.class);
          }
        }
      }
    }
  }

  private static List<PlaceOrder> batch(Random random) {
    var skus = List.of("tea", "cup", "nobody-knows-this");
    return IntStream.range(0, random.nextInt(1, 8))
        .mapToObj(_ ->
            wish(
                random.nextBoolean() ? "ann" : "bob",
                random.nextInt(3) == 0 ? null : "key-" + random.nextInt(3),
                new Item(skus.get(random.nextInt(3)), random.nextInt(1, 3))))
        .toList();
  }

  private static PlaceOrder wish(String customer, @Nullable String key, Item... items) {
    return new PlaceOrder(
        customer,
        Arrays.asList(items),
        PaymentMethod.WALLET,
        null,
        key == null ? null : new RequestKey(customer, key),
        null);
  }

  private static PlaceOrder expecting(long totalMinor) {
    return new PlaceOrder(
        "ann", List.of(new Item("tea", 1)), PaymentMethod.WALLET, totalMinor, null, null);
  }

  private static Decision decide(PlaceOrder request) {
    return PlacementRules.decide(
            List.of(request), new long[] {1}, Map.of(), CATALOGUE, Optional.empty(), NOW)
        .getFirst();
  }

  private static Order placed(Decision decision) {
    return ((Place) decision).order();
  }

  private static OrderRefused refusal(Decision decision) {
    return ((Refuse) decision).why();
  }
}
