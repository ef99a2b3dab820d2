package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderCommand.ReturnOrder;
import dev.mall.contracts.OrderEvent.OrderCancelled;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.OrderReply;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.order.place.PlaceOrder;
import dev.mall.order.place.PlaceOrders;
import dev.mall.order.place.Placement;
import dev.mall.testing.StatementCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders becoming final as the saga asks, with everything repeated. */
class SettleOrdersIT extends OrderServiceTests {

  @Autowired Outbox outbox;
  @Autowired TransactionTemplate transaction;
  @Autowired StatementCounter counter;
  @Autowired PlaceOrders orders;
  @Autowired MeterRegistry meters;

  @Test
  void confirmsAnOrderThatTheSagaAsksFor() {
    long order = aPendingOrder();

    send(confirm(order));

    var reply = sent.await(1, OrderReply.class, order).getFirst();
    assertThat(reply.message()).isEqualTo(new OrderSettled(confirm(order).step()));
    sent.await(1, OrderConfirmed.class, order);
    assertThat(statusOf(order)).isEqualTo("CONFIRMED");
    assertThat(timelineOf(order)).containsExactly("PLACED", "CONFIRMED");
  }

  @Test
  void cancelsAnOrderWithItsReason() {
    long order = aPendingOrder();

    send(cancel(order));

    sent.await(1, OrderCancelled.class, order);
    var shown = client().get("/orders/" + order).body();
    assertThat(shown.path("status").asString()).isEqualTo("CANCELLED");
    assertThat(shown.path("cancelReason").asString()).isEqualTo("OUT_OF_STOCK");
    assertThat(shown.path("settledAt").asString()).isNotBlank();
    var entries = client().get("/orders/%d/timeline".formatted(order)).body().path("entries");
    assertThat(entries.path(1).path("detail").asString()).isEqualTo("OUT_OF_STOCK");
  }

  @Test
  void aCommandThatComesTwiceIsAnsweredTwiceAndDoneOnce() {
    long order = aPendingOrder();

    settle(confirm(order), confirm(order)); // in one batch
    settle(confirm(order)); // and later

    assertThat(sent.await(3, Reply.class, order))
        .extracting(received -> (Object) received.message())
        .containsOnly(new OrderSettled(confirm(order).step()));
    assertThat(sent.about(OrderConfirmed.class, order)).hasSize(1);
    assertThat(timelineOf(order)).containsExactly("PLACED", "CONFIRMED");
  }

  @Test
  void refusesToContradictWhatIsFinal() {
    long order = aPendingOrder();

    settle(cancel(order), confirm(order));
    settle(confirm(order));

    var replies = sent.await(3, OrderReply.class, order);
    assertThat(replies.getFirst().message()).isInstanceOf(OrderSettled.class);
    assertThat(replies.get(1).message()).isInstanceOf(SettlementRefused.class);
    assertThat(replies.get(2).message()).isEqualTo(replies.get(1).message());
    assertThat(statusOf(order)).isEqualTo("CANCELLED");
  }

  @Test
  void returnsAConfirmedOrderOnce() {
    long order = aPendingOrder();
    var command = new ReturnOrder(new StepKey(order, "return", 1));

    settle(confirm(order));
    settle(command, command);

    sent.await(3, OrderReply.class, order);
    var shown = client().get("/orders/" + order).body();
    assertThat(shown.path("status").asString()).isEqualTo("RETURNED");
    assertThat(shown.path("settledAt").asString()).isNotBlank();
    assertThat(timelineOf(order)).containsExactly("PLACED", "CONFIRMED", "RETURNED");
  }

  @Test
  void measuresTheTimeUntilAnOrderIsFinalAndNoReturn() {
    long order = aPendingOrder();

    settle(confirm(order));
    settle(new ReturnOrder(new StepKey(order, "return", 1)));

    assertThat(meters.find("mall.orders.duration").tag("status", "RETURNED").timer()).isNull();
    var confirmed = meters.get("mall.orders.duration").tag("status", "CONFIRMED").timer();
    assertThat(confirmed.max(TimeUnit.SECONDS)).isBetween(0.001, 60.0);
    assertThat(confirmed.takeSnapshot().histogramCounts())
        .extracting(bucket -> bucket.bucket(TimeUnit.SECONDS))
        .containsExactly(5.0);
  }

  @Test
  void refusesToSettleAnUnknownOrder() {
    settle(confirm(4711));

    assertThat(sent.await(1, OrderReply.class, 4711).getFirst().message())
        .isInstanceOf(SettlementRefused.class);
  }

  @Test
  void asksNoMoreOfTheDatabaseForManyThanForOne() throws Exception {
    long one = pendingOrders(1).getFirst();
    var batch =
        pendingOrders(300).stream().map(OrderServiceTests::confirm).toArray(OrderCommand[]::new);

    var forOne = counter.during(() -> settle(confirm(one)));
    var forMany = counter.during(() -> settle(batch));

    assertThat(forMany).hasSameSizeAs(forOne);
    assertThat(forOne).describedAs(forOne.toString()).hasSizeLessThanOrEqualTo(6);
  }

  private List<Long> pendingOrders(int count) {
    var sku = aProduct(10);
    var request =
        new PlaceOrder(
            new Order.Details(aCustomer(), PaymentMethod.WALLET, CheckoutMode.SAGA),
            List.of(new PlaceOrder.Item(sku, 1)),
            null,
            null,
            null);
    return orders.handle(Collections.nCopies(count, request)).stream()
        .map(placement -> ((Placement.Accepted) placement).order().id())
        .toList();
  }

  private void send(OrderCommand command) {
    transaction.executeWithoutResult(
        _ -> outbox.append(List.of(new OutboundMessage(UUID.randomUUID(), command, null, null))));
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
