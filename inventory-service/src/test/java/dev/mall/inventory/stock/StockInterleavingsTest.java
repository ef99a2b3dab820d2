package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.commit;
import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.release;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static dev.mall.inventory.stock.reservation.ReservationState.COMMITTED;
import static dev.mall.inventory.stock.reservation.ReservationState.HELD;
import static dev.mall.inventory.stock.reservation.ReservationState.RELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.values.StepKey;
import dev.mall.inventory.stock.StockFixtures.Shop;
import dev.mall.inventory.stock.reservation.ReservationState;
import dev.mall.testing.Interleavings;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every order in which a reservation, its commit, its release, their repeats, the sweep and another
 * customer who wants the same pieces can come: 45,360 of them.
 */
class StockInterleavingsTest {

  private static final long ORDER = 1;
  private static final long RIVAL = 2;

  /** The events of a world, with their frequencies. */
  private enum Event {
    RESERVE(2, story -> story.receives(reserve(ORDER, line("tea", 2)))),
    COMMIT(2, story -> story.receives(commit(ORDER))),
    RELEASE(2, story -> story.receives(release(ORDER))),
    EXPIRE(1, Story::expires),
    RIVAL_RESERVE(1, story -> story.receives(reserve(RIVAL, line("tea", 1)))),
    RIVAL_COMMIT(1, story -> story.receives(commit(RIVAL)));

    private final int times;
    private final Consumer<Story> happens;

    Event(int times, Consumer<Story> happens) {
      this.times = times;
      this.happens = happens;
    }
  }

  @Test
  void endInOneOutcomeThatEveryAnswerAgreesWith() {
    var times = new EnumMap<Event, Integer>(Event.class);
    for (var event : Event.values()) {
      times.put(event, event.times);
    }

    assertThat(Interleavings.each(times, events -> new Story(events).isRecorded()))
        .isEqualTo(45_360);
  }

  /** One order of events, and what was answered. */
  private static final class Story {
    private final List<Event> events;
    private final Shop shop = new Shop().with("tea", 2);
    private final Map<StepKey, InventoryReply> replies = new HashMap<>();

    Story(List<Event> events) {
      this.events = events;
    }

    void receives(InventoryCommand command) {
      var reply = shop.receives(command);
      require(reply.equals(replies.getOrDefault(command.step(), reply)), "one reply");
      replies.put(command.step(), reply);
    }

    void expires() {
      if (shop.state(ORDER).equals(Optional.of(HELD))) {
        shop.expires(ORDER);
      }
    }

    void isRecorded() {
      for (var event : events) {
        event.happens.accept(this);
        addsUp();
      }
      boolean sold = replies.values().stream().anyMatch(this::saysSold);
      boolean calledOff = replies.values().stream().anyMatch(ReservationReleased.class::isInstance);
      require(sold != calledOff, "sold or called off");
      require(shop.state(ORDER).equals(Optional.of(sold ? COMMITTED : RELEASED)), "as was said");
    }

    private boolean saysSold(InventoryReply reply) {
      return reply instanceof ReservationCommitted(var step) && step.orderId() == ORDER;
    }

    private void addsUp() {
      var tea = shop.level("tea");
      require(0 <= tea.reserved() && tea.reserved() <= tea.onHand(), "not oversold");
      require(tea.reserved() == pieces(HELD), "reserved is what is held");
      require(tea.sold() == pieces(COMMITTED), "sold is what was committed");
      require(tea.onHand() == tea.received() - tea.sold(), "conserved");
    }

    private long pieces(ReservationState state) {
      return shop.reservations.values().stream()
          .filter(reservation -> reservation.state() == state)
          .mapToLong(reservation -> reservation.lines().getFirst().quantity())
          .sum();
    }

    /** As quick as it is, since it is asked a million times. */
    private void require(boolean holds, String what) {
      if (!holds) {
        throw new AssertionError("%s: %s, %s".formatted(what, events, replies));
      }
    }
  }
}
