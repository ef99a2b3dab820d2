package dev.mall.saga;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.SagaState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.InventoryCommand.RestockOrder;
import dev.mall.contracts.NotificationCommand.NotifyOfReturn;
import dev.mall.contracts.OrderCommand.ReturnOrder;
import dev.mall.contracts.OrderEvent.CancellationRequested;
import dev.mall.contracts.OrderEvent.ReturnRequested;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.values.CheckoutMode;
import org.junit.jupiter.api.Test;

/** The second saga of an order, beside its first, on a real database and a real Kafka. */
class ReturnsIT extends SagaFixture {

  @Test
  void returnsAConfirmedOrderOnceThoughRepliesAreLostAndRequestsRepeated() {
    services.send(anOrder(order));
    awaitState(order, COMPLETED);
    services.lose(received ->
        received.command() instanceof RestockOrder
            && services.received(order, RestockOrder.class).size() == 1);

    services.send(toReturn());
    services.send(toReturn());

    awaitState(-order, COMPLETED);
    services.send(toReturn());
    services.send(anOrder(order));
    confirmsAnotherAfter(order);
    assertThat(services.received(order, RefundPayment.class)).hasSize(1);
    assertThat(services.received(order, RestockOrder.class)).hasSize(2); // the same message
    assertThat(services.received(order, ReturnOrder.class)).hasSize(1);
    assertThat(services.received(order, NotifyOfReturn.class)).hasSize(1);
    assertThat(get("/sagas/%d".formatted(order)).get("definition").asString())
        .isEqualTo("place-order");
    var story = get("/sagas/%d?turn=FOLLOW_UP".formatted(order));
    assertThat(story.get("definition").asString()).isEqualTo("cancel-order");
    assertThat(story.get("orderId").asString()).isEqualTo(Long.toString(order));
    assertThat(story.get("timeline").findValuesAsString("what")).contains("ASKED_AGAIN");
    assertThat(get("/sagas?orderId=" + order).get("items").findValuesAsString("turn"))
        .containsExactly("FOLLOW_UP", "FIRST");
  }

  @Test
  void parksTheReturnAloneOnADeadLetterUntilALateReply() {
    services.send(anOrder(order));
    awaitState(order, COMPLETED);
    services.ignore(order, "restock");
    services.send(toReturn());
    await().until(() -> !services.received(order, RestockOrder.class).isEmpty());
    var poison = services.received(order, RestockOrder.class).getFirst();

    services.deadLetter(poison);

    await().until(() -> saga.ask(String.class, "parked_why", -order) != null);
    assertThat(saga.state(-order)).contains(RUNNING);
    assertThat(saga.state(order)).contains(COMPLETED);

    services.answer(poison);

    awaitState(-order, COMPLETED);
  }

  @Test
  void callsOffAnOrderThatIsNotCommittedYet() {
    services.ignore(order, "pay");
    services.send(new CancellationRequested(order)); // before its saga: ignored
    services.send(anOrder(order));
    await().until(() -> !services.received(order, ChargePayment.class).isEmpty());

    services.send(new CancellationRequested(order));

    awaitState(order, COMPENSATED);
    assertThat(saga.ask(String.class, "refusal", order)).isEqualTo("CUSTOMER");
    assertThat(services.received(order, RefundPayment.class)).hasSize(1);
    assertThat(saga.state(-order)).isEmpty();
  }

  @Test
  void startsNoSagaOfAnOrderThatNoneChecksOutAndReturnsItAllTheSame() {
    services.send(anOrder(order, 2_000, CheckoutMode.CHOREOGRAPHY));
    services.send(toReturn()); // after it, in the same partition

    await().until(() -> !services.received(order, RefundPayment.class).isEmpty());
    assertThat(saga.state(order)).isEmpty();
    assertThat(saga.state(-order)).isPresent();
  }

  private ReturnRequested toReturn() {
    return new ReturnRequested(order, "ada", 2_000, "EUR");
  }
}
