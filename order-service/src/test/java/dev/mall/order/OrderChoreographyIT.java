package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Event.InventoryEvent.ReservationDenied;
import dev.mall.contracts.Event.InventoryEvent.ReservationSold;
import dev.mall.contracts.Event.PaymentEvent.OrderRefunded;
import dev.mall.contracts.OrderEvent.CancellationRequested;
import dev.mall.contracts.OrderEvent.CheckoutEnded;
import dev.mall.contracts.OrderEvent.OrderAbandoned;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderEvent.ReturnRequested;
import dev.mall.contracts.OrderReply;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.order.republish.RepublishPendingOrders;
import dev.mall.testing.messages.SentEvents;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Orders that the other services' events settle, through Kafka. */
class OrderChoreographyIT extends OrderServiceTests {

  private static final String BODY = "{\"reason\": \"ordered twice\"}";

  @Autowired ApplicationContext service;
  @Autowired RepublishPendingOrders republish;

  @BeforeEach
  void noOrderIsLateYet() {
    jdbc.sql("update orders set announce_next = 'infinity'").update();
  }

  @Test
  void isConfirmedWhenItsStockIsSold() {
    long order = anOrder();

    SentEvents.send(service, new ReservationSold(order));
    awaitStatus(order, "CONFIRMED");
    sent.await(1, CheckoutEnded.class, order);
    SentEvents.send(service, new ReservationSold(order)); // one batch announces an end once

    var ended = sent.await(2, CheckoutEnded.class, order);
    assertThat(ended).extracting(InboundMessage::id).containsOnly(ended.getFirst().id());
    assertThat(ended.getFirst().message().totalMinor()).isEqualTo(1_000);
    assertThat(ended.getFirst().message().reason()).isNull();
    assertThat(sent.about(OrderReply.class, order)).isEmpty();
    assertThat(sent.about(OrderPlaced.class, order).getFirst().message().checkout())
        .isEqualTo(CheckoutMode.CHOREOGRAPHY);
  }

  @Test
  void isCancelledForTheReasonOfTheFirstEventThatEndsIt() {
    long denied = anOrder();
    long refunded = anOrder();

    SentEvents.send(service, new ReservationDenied(denied, CancelReason.OUT_OF_STOCK));
    SentEvents.send(service, new OrderRefunded(refunded, CancelReason.NO_WALLET));
    awaitStatus(refunded, "CANCELLED");
    SentEvents.send(service, new OrderRefunded(refunded, CancelReason.TIMED_OUT));

    assertThat(sent.await(1, CheckoutEnded.class, denied).getFirst().message().reason())
        .isEqualTo(CancelReason.OUT_OF_STOCK);
    assertThat(sent.await(2, CheckoutEnded.class, refunded))
        .extracting(ended -> ended.message().reason())
        .containsOnly(CancelReason.NO_WALLET);
  }

  @Test
  void isAbandonedAfterItsLastAnnouncementAndStaysPendingUntilItIsSettled() {
    long order = anOrder();
    announceAgain(order, 4);
    assertThat(sent.await(5, OrderPlaced.class, order)).hasSize(5);
    assertThat(sent.about(OrderAbandoned.class, order)).isEmpty();

    announceAgain(order, 2);

    var abandoned = sent.await(2, OrderAbandoned.class, order);
    assertThat(abandoned).extracting(InboundMessage::id).containsOnly(abandoned.getFirst().id());
    assertThat(abandoned.getFirst().message().reason()).isEqualTo(CancelReason.TIMED_OUT);
    assertThat(timelineOf(order)).containsOnlyOnce("ABANDONED");
    assertThat(statusOf(order)).isEqualTo("PENDING");
    SentEvents.send(service, new ReservationSold(order)); // the sale was faster
    awaitStatus(order, "CONFIRMED");
  }

  @Test
  void anOrderOfASagaIsNeverAbandoned() {
    long order = aPendingOrder();

    announceAgain(order, 7);

    sent.await(8, OrderPlaced.class, order);
    assertThat(sent.about(OrderAbandoned.class, order)).isEmpty();
  }

  @Test
  void isAbandonedWhenItsCustomerCancelsItAndReturnedIfTheSaleWasFaster() {
    long order = anOrder();

    assertThat(client().cancel(order, BODY).status()).isEqualTo(202);
    announceAgain(order, 1);

    assertThat(sent.await(2, OrderAbandoned.class, order).getFirst().message().reason())
        .isEqualTo(CancelReason.CUSTOMER);
    assertThat(sent.about(CancellationRequested.class, order)).isEmpty();
    SentEvents.send(service, new ReservationSold(order));
    assertThat(sent.await(1, ReturnRequested.class, order)).hasSize(1);
  }

  private long anOrder() {
    var body = order(aCustomer(), aProduct(1_000), 1);
    long order = client().post(body, CheckoutProperties.HEADER, "CHOREOGRAPHY").orderId();
    sent.await(1, OrderPlaced.class, order);
    return order;
  }

  private void announceAgain(long order, int times) {
    for (int time = 0; time < times; time++) {
      jdbc.sql("update orders set announce_next = now() - interval '1 s' where id = :id")
          .param("id", order)
          .update();
      republish.republishLate();
    }
  }

  private void awaitStatus(long order, String status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(statusOf(order)).isEqualTo(status));
  }

  private String statusOf(long order) {
    return client().get("/orders/" + order).orderStatus();
  }

  private List<String> timelineOf(long order) {
    return client()
        .get("/orders/%d/timeline".formatted(order))
        .body()
        .path("entries")
        .findValuesAsString("what");
  }
}
