package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderCommand.ReturnOrder;
import dev.mall.contracts.OrderEvent.CancellationRequested;
import dev.mall.contracts.OrderEvent.ReturnRequested;
import dev.mall.contracts.OrderReply;
import dev.mall.contracts.values.StepKey;
import dev.mall.order.cancel.RepublishReturns;
import dev.mall.order.cancel.RequestCancellation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Cancellations over HTTP, against settlements before, after and at the same time. */
class CancelOrdersIT extends OrderServiceTests {

  private static final String BODY = "{\"reason\": \"ordered twice\"}";

  @Autowired RequestCancellation cancellations;
  @Autowired RepublishReturns republish;

  @Test
  void announcesTheCancellationOfAPendingOrderOnce() {
    long order = aPendingOrder();

    var first = cancel(order, BODY);
    var repeated = cancel(order, "{\"reason\": \"another\"}");

    assertThat(first.status()).isEqualTo(202);
    assertThat(repeated.status()).isEqualTo(202);
    assertThat(first.orderStatus()).isEqualTo("PENDING");
    assertThat(sent.await(1, CancellationRequested.class, order)).hasSize(1);
    assertThat(timelineOf(order, "what")).containsExactly("PLACED", "CANCELLATION_REQUESTED");
    assertThat(timelineOf(order, "detail")).contains("ordered twice").doesNotContain("another");
  }

  @Test
  void returnsAnOrderThatIsConfirmedAfterTheRequest() {
    long order = aPendingOrder();
    cancel(order, BODY);

    settle(confirm(order), confirm(order));

    assertThat(sent.await(1, ReturnRequested.class, order).getFirst().message().totalMinor())
        .isEqualTo(1_000);
    assertThat(cancel(order, BODY).status()).isEqualTo(202);
    settle(new ReturnOrder(new StepKey(order, "return", 1)));
    var done = cancel(order, BODY);
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.orderStatus()).isEqualTo("RETURNED");
    assertThat(sent.about(ReturnRequested.class, order)).hasSize(1);
  }

  @Test
  void returnsAConfirmedOrderWithinTheWindow() {
    long order = aConfirmedOrder();

    assertThat(cancel(order, BODY).status()).isEqualTo(202);

    sent.await(1, ReturnRequested.class, order);
    assertThat(timelineOf(order, "what"))
        .containsExactly("PLACED", "CONFIRMED", "CANCELLATION_REQUESTED");
  }

  @Test
  void refusesAConfirmedOrderAfterTheWindow() {
    long order = aConfirmedOrder();
    jdbc.sql("update orders set settled_at = settled_at - interval '14 days' where id = :id")
        .param("id", order)
        .update();

    var answer = cancel(order, BODY);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("cancellation-window-over");
    assertThat(timelineOf(order, "what")).containsExactly("PLACED", "CONFIRMED");
  }

  @Test
  void refusesAnOrderThatWasCancelledAndOneThatIsUnknown() {
    long order = aPendingOrder();
    settle(cancel(order));

    assertThat(cancel(order, BODY).problem()).isEqualTo("order-cancelled");
    assertThat(cancel(4711, BODY).status()).isEqualTo(404);
  }

  @Test
  void showsThatACancelledOrderNeedsNoReturn() {
    long order = aPendingOrder();
    cancel(order, BODY);
    settle(cancel(order));

    assertThat(cancel(order, BODY).status()).isEqualTo(200);
    assertThat(sent.about(ReturnRequested.class, order)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"reason\": \"\"}", "{\"reason\": \" \"}", "{\"reason\": \"a\\nb\"}"})
  void refusesAReasonThatIsNoLineOfText(String body) {
    var answer = cancel(aPendingOrder(), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.blamed()).isEqualTo("reason");
  }

  @Test
  void returnsExactlyOnceHoweverRequestAndConfirmationRace() {
    for (int time = 0; time < 20; time++) {
      long order = aPendingOrder();

      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> cancellations.request(order, "raced", _ -> true)),
              CompletableFuture.runAsync(() -> cancellations.request(order, "raced", _ -> true)),
              CompletableFuture.runAsync(() -> settle(confirm(order))))
          .join();

      sent.await(1, OrderReply.class, order);
      assertThat(sent.await(1, ReturnRequested.class, order)).hasSize(1);
    }
  }

  @Test
  void announcesALateReturnAgainUntilTheOrderIsReturned() {
    long order = aConfirmedOrder();
    cancel(order, BODY);
    makeLate(order);

    republish.republishLate();
    republish.republishLate(); // it is not late any more

    var announcements = sent.await(2, ReturnRequested.class, order);
    assertThat(announcements).hasSize(2);
    assertThat(announcements.getFirst().id()).isEqualTo(announcements.getLast().id());
    settle(new ReturnOrder(new StepKey(order, "return", 1)));
    makeLate(order);
    republish.republishLate();
    assertThat(sent.about(ReturnRequested.class, order)).hasSize(2);
  }

  private long aConfirmedOrder() {
    long order = aPendingOrder();
    settle(confirm(order));
    return order;
  }

  private void makeLate(long order) {
    jdbc.sql("update orders set announce_next = now() - interval '1 s' where id = :id")
        .param("id", order)
        .update();
  }

  private Client.Answer cancel(long order, String body) {
    return client().cancel(order, body);
  }

  private List<String> timelineOf(long order, String field) {
    return client()
        .get("/orders/%d/timeline".formatted(order))
        .body()
        .path("entries")
        .findValuesAsString(field);
  }
}
