package dev.mall.payment.charge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Event;
import dev.mall.contracts.Event.InventoryEvent.ReservationClosed;
import dev.mall.contracts.Event.InventoryEvent.ReservationOpened;
import dev.mall.contracts.Event.PaymentEvent;
import dev.mall.contracts.Event.PaymentEvent.OrderPaid;
import dev.mall.contracts.Event.PaymentEvent.OrderRefunded;
import dev.mall.contracts.Event.PaymentEvent.OrderUnpaid;
import dev.mall.contracts.PaymentReply;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.payment.choreography.PaymentChoreography;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every order of an opened and a closed reservation, each repeated, with and without the money. */
class PaymentChoreographyTest {

  private static final long ORDER = 1;
  private static final Event OPENED =
      new ReservationOpened(ORDER, "ann", 100, "EUR", PaymentMethod.WALLET);
  private static final Event CLOSED = new ReservationClosed(ORDER, CancelReason.TIMED_OUT);

  @Test
  void leavesTheMoneyWithTheCustomerOfAClosedReservation() {
    for (var balance : List.of(100L, 99L)) {
      IntStream.range(0, 64)
          .mapToObj(PaymentChoreographyTest::sixEvents)
          .filter(events -> events.contains(CLOSED))
          .forEach(events -> {
            var books = new PaymentModel(events.toString());
            books.deposit("ann", balance, "EUR");

            var published = publishedBy(books, events);

            books.judge();
            assertThat(books.inWallets()).as("%s", events).isEqualTo(balance);
            assertThat(published).contains(new OrderRefunded(ORDER, CancelReason.TIMED_OUT));
          });
    }
  }

  @Test
  void answersEveryOpeningAlikeThatItAnswers() {
    for (var balance : List.of(100L, 99L)) {
      IntStream.range(0, 64)
          .mapToObj(PaymentChoreographyTest::sixEvents)
          .forEach(events -> {
            var books = new PaymentModel(events.toString());
            books.deposit("ann", balance, "EUR");

            var published = publishedBy(books, events);

            var first = events.getFirst().equals(OPENED);
            assertThat(published.stream().filter(e -> !(e instanceof OrderRefunded)).distinct())
                .as("%s", events)
                .isEqualTo(first ? List.of(charged(balance)) : List.of());
          });
    }
  }

  private static PaymentEvent charged(long balance) {
    return balance < 100
        ? new OrderUnpaid(ORDER, CancelReason.INSUFFICIENT_FUNDS)
        : new OrderPaid(ORDER);
  }

  private static List<PaymentEvent> publishedBy(PaymentModel books, List<Event> events) {
    var published = new ArrayList<PaymentEvent>();
    for (var event : events) {
      var command = PaymentChoreography.command(event).orElseThrow();
      books.handle(List.of(command));
      var reply = (PaymentReply) books.replyTo(command.step());
      PaymentChoreography.event(event, reply).ifPresent(published::add);
    }
    return published;
  }

  private static List<Event> sixEvents(int bits) {
    var choice = Map.of(0, OPENED, 1, CLOSED);
    return IntStream.range(0, 6).mapToObj(i -> choice.get(bits >> i & 1)).toList();
  }
}
