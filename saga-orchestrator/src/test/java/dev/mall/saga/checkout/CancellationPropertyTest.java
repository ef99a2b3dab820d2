package dev.mall.saga.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.saga.checkout.Participants.Held;
import dev.mall.saga.checkout.Participants.Paid;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Whenever a customer cancels, and whatever is lost, repeated or reordered: the saga that settles
 * the order and the one that returns it leave nothing both sold and refunded, and nothing undone
 * that was not cancelled.
 */
class CancellationPropertyTest {

  private static final long SEEDS = 3_000;
  private static final int STEPS = 120;

  private enum End {
    CONFIRMED,
    CALLED_OFF,
    CANCELLED_OTHERWISE,
    RETURNED
  }

  @Test
  void leavesNothingBothSoldAndRefundedInAnyInterleaving() {
    Map<End, Integer> ends = new EnumMap<>(End.class);
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        run(seed).values().forEach(end -> ends.merge(end, 1, Integer::sum));
      } catch (AssertionError wrong) {
        throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
      }
    }

    assertThat(ends).containsOnlyKeys(End.values());
    assertThat(ends.values()).allMatch(count -> count > SEEDS / 20);
  }

  private static Map<Long, End> run(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var services = new Participants(5, 5_000);
    var world = new CancellationWorld(random, services);
    var orders = List.of(1L, 2L, 3L);
    orders.forEach(world::place);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(12)) {
        case 0 -> world.cancel(orders.get(random.nextInt(orders.size())));
        case 1 -> world.repeatSomething();
        case 2 -> world.loseSomething();
        case 3 -> world.passADeadline();
        default -> world.deliverSomething();
      }
      orders.forEach(order -> nothingSoldIsRefunded(order, world, services));
    }
    world.calm();
    var ends = new HashMap<Long, End>();
    orders.forEach(order -> ends.put(order, endOf(order, world, services)));
    addsUp(services, ends);
    return ends;
  }

  /** The first step of a return refunds what is sold: only what the customer cancelled. */
  private static void nothingSoldIsRefunded(
      long order, CancellationWorld world, Participants services) {
    boolean sold = services.reservations.get(order) == Held.SOLD;
    boolean refunded = services.payments.get(order) == Paid.REFUNDED;
    if (sold && refunded) {
      assertThat(world.isReturning(order)).as("order %d is returned", order).isTrue();
    }
  }

  private static End endOf(long order, CancellationWorld world, Participants services) {
    var status = services.orders.get(order);
    assertThat(world.open()).as("open sagas").isEmpty();
    assertThat(status).as("order %d", order).isIn("CONFIRMED", "CANCELLED", "RETURNED");
    boolean cancelled = world.isCancelled(order);
    var paid = services.payments.get(order);
    var held = services.reservations.get(order);
    return switch (status) {
      case "CONFIRMED" -> {
        assertThat(cancelled).isFalse();
        assertThat(paid).isEqualTo(Paid.CHARGED);
        assertThat(held).isEqualTo(Held.SOLD);
        assertThat(services.inbox.get(order)).containsExactly("CONFIRMED");
        yield End.CONFIRMED;
      }
      case "RETURNED" -> {
        assertThat(cancelled).isTrue();
        assertThat(paid).isEqualTo(Paid.REFUNDED);
        assertThat(held).isEqualTo(Held.RETURNED);
        assertThat(services.inbox.get(order)).containsExactlyInAnyOrder("CONFIRMED", "RETURNED");
        yield End.RETURNED;
      }
      default -> {
        assertThat(paid).isNotEqualTo(Paid.CHARGED);
        assertThat(held).isNotIn(Held.HELD, Held.SOLD);
        assertThat(services.inbox.get(order)).containsExactly("CANCELLED");
        boolean byCustomer = world.refusal(order).equals("CUSTOMER");
        assertThat(byCustomer && !cancelled).as("cancelled without a request").isFalse();
        yield byCustomer ? End.CALLED_OFF : End.CANCELLED_OTHERWISE;
      }
    };
  }

  private static void addsUp(Participants services, Map<Long, End> ends) {
    long confirmed = ends.values().stream().filter(End.CONFIRMED::equals).count();
    assertThat(services.available).isEqualTo(5 - 2 * confirmed);
    assertThat(services.balance).isEqualTo(5_000 - 2_000 * confirmed);
  }
}
