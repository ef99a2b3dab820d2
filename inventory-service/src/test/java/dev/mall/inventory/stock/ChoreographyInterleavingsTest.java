package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.commit;
import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static dev.mall.inventory.stock.reservation.ReservationState.COMMITTED;
import static dev.mall.inventory.stock.reservation.ReservationState.HELD;
import static dev.mall.inventory.stock.reservation.ReservationState.RELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Event;
import dev.mall.contracts.Event.InventoryEvent;
import dev.mall.contracts.Event.InventoryEvent.ReservationClosed;
import dev.mall.contracts.Event.InventoryEvent.ReservationSold;
import dev.mall.contracts.Event.PaymentEvent.OrderPaid;
import dev.mall.contracts.Event.PaymentEvent.OrderUnpaid;
import dev.mall.contracts.OrderEvent.OrderAbandoned;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderEvent.PricedLine;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.inventory.choreography.StockChoreography;
import dev.mall.inventory.stock.StockFixtures.Shop;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every order in which an order's events, their repeats, its abandonment, the sweep and another
 * customer who wants the same pieces can reach inventory-service, also across its two topics. The
 * abandonment is among them always: order-service repeats it until the order is settled.
 */
class ChoreographyInterleavingsTest {

  private static final long ORDER = 1;
  private static final long RIVAL = 2;

  /** An event that reaches inventory-service, or a change in it. */
  private enum Happening {
    PLACED(story -> story.receives(placed())),
    PAID(story -> story.receives(new OrderPaid(ORDER))),
    UNPAID(story -> story.receives(new OrderUnpaid(ORDER, CancelReason.NO_WALLET))),
    ABANDONED(story -> story.receives(new OrderAbandoned(ORDER, CancelReason.TIMED_OUT))),
    EXPIRE(Story::expires),
    RIVAL_RESERVE(story -> story.shop.receives(reserve(RIVAL, line("tea", 1)))),
    RIVAL_COMMIT(story -> story.shop.receives(commit(RIVAL)));

    private final Consumer<Story> happens;

    Happening(Consumer<Story> happens) {
      this.happens = happens;
    }
  }

  @Test
  void aPaidOrderIsSoldOrClosedAndNeverBoth() {
    var counts = new EnumMap<Happening, Integer>(Happening.class);
    counts.put(Happening.PLACED, 2);
    counts.put(Happening.PAID, 2);
    counts.put(Happening.ABANDONED, 2);
    counts.put(Happening.EXPIRE, 1);
    counts.put(Happening.RIVAL_RESERVE, 1);
    counts.put(Happening.RIVAL_COMMIT, 1);

    assertThat(judgeAll(counts, new ArrayList<>())).isEqualTo(45_360);
  }

  @Test
  void anUnpaidOrderIsClosed() {
    var counts = new EnumMap<Happening, Integer>(Happening.class);
    counts.put(Happening.PLACED, 2);
    counts.put(Happening.UNPAID, 2);
    counts.put(Happening.ABANDONED, 2);
    counts.put(Happening.EXPIRE, 1);

    assertThat(judgeAll(counts, new ArrayList<>())).isEqualTo(630);
  }

  private static int judgeAll(Map<Happening, Integer> left, List<Happening> soFar) {
    if (left.values().stream().allMatch(times -> times == 0)) {
      new Story(soFar).isConsistent();
      return 1;
    }
    int judged = 0;
    for (var next : Happening.values()) {
      if (left.getOrDefault(next, 0) > 0) {
        left.merge(next, -1, Integer::sum);
        soFar.add(next);
        judged += judgeAll(left, soFar);
        soFar.removeLast();
        left.merge(next, 1, Integer::sum);
      }
    }
    return judged;
  }

  private static OrderPlaced placed() {
    return new OrderPlaced(
        ORDER,
        "ann",
        200,
        "EUR",
        PaymentMethod.WALLET,
        List.of(new PricedLine("tea", 2, 100)),
        StockFixtures.NOW,
        CheckoutMode.CHOREOGRAPHY);
  }

  /** One order of events, and the events that followed. */
  private static final class Story {
    private final List<Happening> events;
    private final Shop shop = new Shop().with("tea", 2);
    private final List<InventoryEvent> published = new ArrayList<>();

    Story(List<Happening> events) {
      this.events = events;
    }

    void receives(Event event) {
      var command = StockChoreography.command(event).orElseThrow();
      StockChoreography.event(event, shop.receives(command)).ifPresent(published::add);
    }

    void expires() {
      if (shop.state(ORDER).equals(Optional.of(HELD))) {
        shop.expires(ORDER);
      }
    }

    void isConsistent() {
      events.forEach(event -> event.happens.accept(this));
      boolean sold = published.stream().anyMatch(ReservationSold.class::isInstance);
      boolean closed = published.stream().anyMatch(ReservationClosed.class::isInstance);
      require(sold != closed, "sold or closed");
      require(shop.state(ORDER).equals(Optional.of(sold ? COMMITTED : RELEASED)), "as published");
      var tea = shop.level("tea");
      require(0 <= tea.reserved() && tea.reserved() <= tea.onHand(), "not oversold");
      require(tea.onHand() == tea.received() - tea.sold(), "conserved");
    }

    private void require(boolean holds, String claim) {
      if (!holds) {
        throw new AssertionError("%s: %s, %s".formatted(claim, events, published));
      }
    }
  }
}
