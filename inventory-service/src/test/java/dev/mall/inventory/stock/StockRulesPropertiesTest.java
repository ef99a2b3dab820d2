package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.commit;
import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.release;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static dev.mall.inventory.stock.StockFixtures.round;
import static dev.mall.inventory.stock.reservation.ReservationState.COMMITTED;
import static dev.mall.inventory.stock.reservation.ReservationState.HELD;
import static dev.mall.inventory.stock.reservation.ReservationState.RELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.values.StepKey;
import dev.mall.inventory.stock.StockFixtures.Shop;
import dev.mall.inventory.stock.reservation.Reservation;
import dev.mall.inventory.stock.reservation.ReservationState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Few pieces, few orders, and commands about them in any order, any of them twice or in a new
 * round, with reservations expiring in between.
 */
class StockRulesPropertiesTest {

  private static final int RUNS = 500;
  private static final int COMMANDS = 40;
  private static final int ORDERS = 6;
  private static final List<String> SKUS = List.of("a", "b", "c");

  @Test
  void stockIsNeverOversoldAndAlwaysConserved() {
    for (long seed = 0; seed < RUNS; seed++) {
      var random = random(seed);
      var shop = aShop(random);
      for (var batch : batches(random, commands(random))) {
        shop.receives(batch);
        expireSome(random, shop);

        assertBalanced(shop, seed);
      }
    }
  }

  @Test
  void theSameCommandGetsTheSameReply() {
    for (long seed = 0; seed < RUNS; seed++) {
      var random = random(seed);
      var shop = aShop(random);
      Map<StepKey, InventoryReply> first = new HashMap<>();
      for (var batch : batches(random, commands(random))) {
        var replies = shop.receives(batch);
        expireSome(random, shop);

        assertThat(replies.stream().map(InventoryReply::step).toList())
            .as("seed %d: each command is answered, in order", seed)
            .isEqualTo(batch.stream().map(InventoryCommand::step).toList());
        for (var reply : replies) {
          first.putIfAbsent(reply.step(), reply);
          assertThat(reply).as("seed %d", seed).isEqualTo(first.get(reply.step()));
        }
      }
    }
  }

  @Test
  void whatIsReleasedOrSoldStaysSo() {
    for (long seed = 0; seed < RUNS; seed++) {
      var random = random(seed);
      var shop = aShop(random);
      Map<Long, ReservationState> ends = new HashMap<>();
      for (var batch : batches(random, commands(random))) {
        shop.receives(batch);
        expireSome(random, shop);

        for (var reservation : shop.reservations.values()) {
          if (reservation.state() == RELEASED || reservation.state() == COMMITTED) {
            ends.putIfAbsent(reservation.orderId(), reservation.state());
          }
        }
        for (var end : ends.entrySet()) {
          assertThat(shop.state(end.getKey())).as("seed %d", seed).contains(end.getValue());
        }
      }
    }
  }

  @Test
  void howCommandsAreBatchedDecidesNothing() {
    for (long seed = 0; seed < RUNS; seed++) {
      var random = random(seed);
      var commands = commands(random);
      var batched = aShop(random(seed));
      var oneByOne = aShop(random(seed));

      var replies = batches(random, commands).stream().flatMap(b -> batched.receives(b).stream());

      assertThat(replies.toList())
          .as("seed %d", seed)
          .isEqualTo(commands.stream().map(oneByOne::receives).toList());
      assertThat(batched.levels).as("seed %d", seed).isEqualTo(oneByOne.levels);
      assertThat(batched.reservations).as("seed %d", seed).isEqualTo(oneByOne.reservations);
    }
  }

  private static void assertBalanced(Shop shop, long seed) {
    for (var level : shop.levels.values()) {
      assertThat(level.reserved())
          .as("seed %d: reserved of %s is what is held", seed, level)
          .isBetween(0L, level.onHand())
          .isEqualTo(pieces(shop, HELD, level.sku()));
      assertThat(level.sold())
          .as("seed %d: sold of %s is what was committed", seed, level)
          .isEqualTo(level.received() - level.onHand())
          .isEqualTo(pieces(shop, COMMITTED, level.sku()));
    }
  }

  @Test
  void noCustomerHoldsMoreThanTheLimit() {
    for (long seed = 0; seed < RUNS; seed++) {
      var random = random(seed);
      var shop = aShop(random);
      for (var batch : batches(random, commands(random))) {
        shop.receives(batch);

        assertThat(shop.held().values())
            .as("seed %d", seed)
            .allMatch(held -> held <= StockFixtures.MAX_HELD);
      }
    }
  }

  private static long pieces(Shop shop, ReservationState state, String sku) {
    return shop.reservations.values().stream()
        .filter(reservation -> reservation.state() == state)
        .flatMap(reservation -> reservation.lines().stream())
        .filter(line -> line.sku().equals(sku))
        .mapToLong(Line::quantity)
        .sum();
  }

  private static void expireSome(RandomGenerator random, Shop shop) {
    shop.reservations.values().stream()
        .filter(reservation -> reservation.state() == HELD && random.nextInt(4) == 0)
        .map(Reservation::orderId)
        .toList()
        .forEach(shop::expires);
  }

  private static Shop aShop(RandomGenerator random) {
    var shop = new Shop();
    SKUS.forEach(sku -> shop.with(sku, random.nextInt(6)));
    return shop;
  }

  private static List<InventoryCommand> commands(RandomGenerator random) {
    var wishes = IntStream.range(0, ORDERS).mapToObj(order -> wish(random, order)).toList();
    return Stream.generate(() -> command(random, wishes)).limit(COMMANDS).toList();
  }

  private static InventoryCommand command(
      RandomGenerator random, List<? extends InventoryCommand> wishes) {
    int order = random.nextInt(ORDERS);
    var command =
        switch (random.nextInt(3)) {
          case 0 -> wishes.get(order);
          case 1 -> commit(order);
          default -> release(order);
        };
    return round(1 + random.nextInt(2), command);
  }

  private static InventoryCommand wish(RandomGenerator random, long order) {
    return reserve(
        order % 2 == 0 ? "ann" : "bob",
        order,
        SKUS.stream()
            .filter(_ -> random.nextInt(3) > 0)
            .map(sku -> line(sku, 1 + random.nextInt(3)))
            .toArray(Line[]::new));
  }

  private static List<List<InventoryCommand>> batches(
      RandomGenerator random, List<InventoryCommand> commands) {
    var batches = new ArrayList<List<InventoryCommand>>();
    for (int from = 0; from < commands.size(); ) {
      int to = Math.min(commands.size(), from + 1 + random.nextInt(8));
      batches.add(commands.subList(from, to));
      from = to;
    }
    return batches;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
