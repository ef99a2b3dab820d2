package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Event.InventoryEvent.ReservationClosed;
import dev.mall.contracts.Event.InventoryEvent.ReservationOpened;
import dev.mall.contracts.Event.PaymentEvent.OrderPaid;
import dev.mall.contracts.Event.PaymentEvent.OrderRefunded;
import dev.mall.contracts.Event.PaymentEvent.OrderUnpaid;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import dev.mall.testing.messages.SentEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Events through Kafka, and the events that follow. */
class PaymentChoreographyIT extends PaymentServiceTests {

  @Autowired ApplicationContext service;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(jdbc).passes();
  }

  @Test
  void chargesOnceForARepeatedEventWithoutAReplyToASaga() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();

    SentEvents.send(service, opened(order, ann, 300), opened(order, ann, 300));
    SentEvents.send(service, opened(order, ann, 300));

    assertThat(events.await(3, OrderPaid.class, order)).containsOnly(new OrderPaid(order));
    assertThat(balanceOf(ann)).isEqualTo(euro(700));
    assertThat(replies.to(new StepKey(order, "pay", 1))).isEmpty();
  }

  @Test
  void publishesWhyAnOrderIsUnpaid() {
    long poor = anOrder();
    long stranger = anOrder();

    SentEvents.send(
        service, opened(poor, aCustomerWith(euro(10)), 11), opened(stranger, aCustomer(), 11));

    assertThat(events.await(1, OrderUnpaid.class, poor))
        .containsExactly(new OrderUnpaid(poor, CancelReason.INSUFFICIENT_FUNDS));
    assertThat(events.await(1, OrderUnpaid.class, stranger))
        .containsExactly(new OrderUnpaid(stranger, CancelReason.NO_WALLET));
  }

  @Test
  void refundsWhenTheReservationIsClosed() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();
    SentEvents.send(service, opened(order, ann, 300));
    events.await(1, OrderPaid.class, order);

    SentEvents.send(service, new ReservationClosed(order, CancelReason.RESERVATION_EXPIRED));

    assertThat(events.await(1, OrderRefunded.class, order))
        .containsExactly(new OrderRefunded(order, CancelReason.RESERVATION_EXPIRED));
    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
  }

  @Test
  void neverChargesAnOrderWhoseReservationWasClosedBefore() {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();
    var closed = new ReservationClosed(order, CancelReason.TIMED_OUT);

    SentEvents.send(service, closed, opened(order, ann, 300), closed);

    events.await(2, OrderRefunded.class, order);
    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
    assertThat(events.of(OrderPaid.class, order)).isEmpty();
    assertThat(events.of(OrderUnpaid.class, order)).isEmpty();
  }

  private static ReservationOpened opened(long order, String customer, long totalMinor) {
    return new ReservationOpened(order, customer, totalMinor, "EUR", PaymentMethod.WALLET);
  }
}
