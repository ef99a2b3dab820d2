package dev.mall.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Event.InventoryEvent.ReservationClosed;
import dev.mall.contracts.Event.InventoryEvent.ReservationDenied;
import dev.mall.contracts.Event.InventoryEvent.ReservationOpened;
import dev.mall.contracts.Event.InventoryEvent.ReservationSold;
import dev.mall.contracts.Event.PaymentEvent.OrderPaid;
import dev.mall.contracts.Event.PaymentEvent.OrderUnpaid;
import dev.mall.contracts.OrderEvent.OrderAbandoned;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderEvent.PricedLine;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import dev.mall.testing.messages.SentEvents;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Events through Kafka, and the events that follow. */
class StockChoreographyIT extends StockServiceTests {

  @Autowired ApplicationContext service;

  @Test
  void reservesAndSellsWithoutAReplyToASaga() {
    var tea = aProductWith(3);
    long order = anOrder();

    SentEvents.send(service, placed(order, tea, 2));
    var opened = events.await(1, ReservationOpened.class, order).getFirst();
    assertThat(level(tea).reserved()).isEqualTo(2);
    SentEvents.send(service, new OrderPaid(order));
    events.await(1, ReservationSold.class, order);

    assertThat(opened)
        .isEqualTo(
            new ReservationOpened(
                order, "customer-of-" + order, 1_000, "EUR", PaymentMethod.WALLET));
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 1, 0, 3, 2));
    assertThat(replies.to(new StepKey(order, "reserve", 1))).isEmpty();
  }

  @Test
  void answersARepeatedEventAlikeAndDoesNothingTwice() {
    var tea = aProductWith(3);
    long order = anOrder();

    SentEvents.send(service, placed(order, tea, 2), placed(order, tea, 2));
    SentEvents.send(service, placed(order, tea, 2));

    assertThat(events.await(3, ReservationOpened.class, order).stream().distinct()).hasSize(1);
    assertThat(level(tea).reserved()).isEqualTo(2);
  }

  @Test
  void deniesTheReservationOfWhatIsShort() {
    long order = anOrder();

    SentEvents.send(service, placed(order, aProductWith(1), 2));

    assertThat(events.await(1, ReservationDenied.class, order).getFirst().reason())
        .isEqualTo(CancelReason.OUT_OF_STOCK);
  }

  @Test
  void releasesAnUnpaidOrderForItsReason() {
    var tea = aProductWith(3);
    long order = anOrder();

    SentEvents.send(service, placed(order, tea, 2));
    events.await(1, ReservationOpened.class, order);
    SentEvents.send(service, new OrderUnpaid(order, CancelReason.NO_WALLET));

    assertThat(events.await(1, ReservationClosed.class, order).getFirst().reason())
        .isEqualTo(CancelReason.NO_WALLET);
    assertThat(level(tea).reserved()).isZero();
  }

  @Test
  void anAbandonedOrderIsNeverReservedNorSoldLater() {
    var tea = aProductWith(3);
    long order = anOrder();

    SentEvents.send(service, new OrderAbandoned(order, CancelReason.TIMED_OUT));
    events.await(1, ReservationClosed.class, order);
    SentEvents.send(service, placed(order, tea, 2), new OrderPaid(order));
    SentEvents.send(service, new OrderAbandoned(order, CancelReason.TIMED_OUT));
    events.await(2, ReservationClosed.class, order);

    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 3, 0, 3, 0));
    assertThat(events.of(ReservationOpened.class, order)).isEmpty();
  }

  @Test
  void anAbandonmentAfterTheSaleIsAnsweredBySold() {
    var tea = aProductWith(3);
    long order = anOrder();
    SentEvents.send(service, placed(order, tea, 2));
    events.await(1, ReservationOpened.class, order);
    SentEvents.send(service, new OrderPaid(order));
    events.await(1, ReservationSold.class, order);

    SentEvents.send(service, new OrderAbandoned(order, CancelReason.CUSTOMER));

    events.await(2, ReservationSold.class, order);
    assertThat(events.of(ReservationClosed.class, order)).isEmpty();
    assertThat(level(tea).sold()).isEqualTo(2);
  }

  @Test
  void aPaymentThatComesAfterTheReservationExpiredAndTheStockWentIsToBeRefunded() {
    var tea = aProductWith(3);
    long order = anOrder();
    SentEvents.send(service, placed(order, tea, 2));
    events.await(1, ReservationOpened.class, order);
    overdue(order);
    expire.expireSome();
    handle(List.of(StockFixtures.reserve(anOrder(), StockFixtures.line(tea, 2))));

    SentEvents.send(service, new OrderPaid(order));

    assertThat(events.await(1, ReservationClosed.class, order).getFirst().reason())
        .isEqualTo(CancelReason.RESERVATION_EXPIRED);
    assertThat(state(order)).isEqualTo("RELEASED");
  }

  @Test
  void anOrderOfASagaIsPassedOver() {
    var tea = aProductWith(3);
    long order = anOrder();

    SentEvents.send(service, placed(order, tea, 1, CheckoutMode.SAGA));
    SentEvents.send(service, placed(order, tea, 1)); // after it, in the same partition

    assertThat(events.await(1, ReservationOpened.class, order)).hasSize(1);
  }

  private static OrderPlaced placed(long order, String sku, int quantity) {
    return placed(order, sku, quantity, CheckoutMode.CHOREOGRAPHY);
  }

  private static OrderPlaced placed(long order, String sku, int quantity, CheckoutMode mode) {
    return new OrderPlaced(
        order,
        "customer-of-" + order,
        quantity * 500L,
        "EUR",
        PaymentMethod.WALLET,
        List.of(new PricedLine(sku, quantity, 500)),
        Instant.now(),
        mode);
  }
}
