package dev.mall.saga.checkout;

import static dev.mall.saga.checkout.Replies.anOrder;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.saga.checkout.Participants.Held;
import dev.mall.saga.checkout.Participants.Paid;
import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.definition.StepTimes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whatever order, loss, repetition, delay and interference there is, orders end as a whole. */
class PlaceOrderSagaPropertyTest {

  private static final int ORDERS = 4;
  private static final long SEEDS = 1_500;

  /** Short, so that sagas give up steps that were done, or will be. */
  private static final Map<String, StepTimes> TIMES =
      Map.of(
          "reserve", new StepTimes(null, ofSeconds(25)), "pay", new StepTimes(null, ofSeconds(25)));

  @Test
  void endsEveryOrderAsAWholeInAnyWeather() {
    Map<SagaState, Integer> ends = new EnumMap<>(SagaState.class);
    Map<OperatorAction, Integer> acts = new EnumMap<>(OperatorAction.class);
    for (long seed = 1; seed <= SEEDS; seed++) {
      var world = endsWell(seed);
      world.sagas().forEach(saga -> ends.merge(saga.state(), 1, Integer::sum));
      world.acts.forEach((act, times) -> acts.merge(act, times, Integer::sum));
    }

    assertThat(ends).containsOnlyKeys(SagaState.COMPLETED, SagaState.COMPENSATED);
    assertThat(acts.values())
        .hasSize(OperatorAction.values().length)
        .allMatch(times -> times > SEEDS / 10);
    assertThat(ends.values()).allMatch(count -> count > SEEDS / 2); // the weather is no excuse
  }

  private static PropertyWorld<OrderPlaced> endsWell(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    long pieces = random.nextLong(2 * ORDERS + 2);
    long money = random.nextLong(2_000 * ORDERS + 1) + 2_000;
    var orders = LongStream.rangeClosed(1, ORDERS).mapToObj(Replies::anOrder).toList();
    var rules = new HashMap<Long, AllowedCommands>();
    var world =
        new PropertyWorld<>(
            random,
            PlaceOrderSaga.version1(TIMES),
            orders,
            new Participants(pieces, money),
            id -> rules.computeIfAbsent(id, _ -> new AllowedCommands()));

    try {
      world.storm(random.nextInt(300));
      world.calm();
      world.sagas().forEach(saga -> endedAsAWhole(saga, world.services));
      addsUp(orders, world.services, pieces, money);
    } catch (AssertionError wrong) {
      throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
    }
    return world;
  }

  private static void endedAsAWhole(SagaInstance saga, Participants services) {
    long order = saga.id();
    boolean confirmed = saga.state() == SagaState.COMPLETED;
    var end = confirmed ? "CONFIRMED" : "CANCELLED";

    assertThat(saga.condition().parked()).isNull();
    assertThat(services.orders).containsEntry(order, end);
    assertThat(services.inbox.get(order)).containsExactly(end);
    assertThat(services.payments.get(order) == Paid.CHARGED).isEqualTo(confirmed);
    assertThat(services.reservations.get(order) == Held.SOLD).isEqualTo(confirmed);
    assertThat(services.reservations.get(order)).isNotEqualTo(Held.HELD);
  }

  private static void addsUp(
      List<OrderPlaced> orders, Participants services, long pieces, long money) {
    long confirmed = services.orders.values().stream().filter("CONFIRMED"::equals).count();
    var each = anOrder(0);

    assertThat(services.orders).hasSameSizeAs(orders);
    assertThat(services.available)
        .isEqualTo(pieces - confirmed * each.lines().getFirst().quantity());
    assertThat(services.balance).isEqualTo(money - confirmed * each.totalMinor());
  }
}
