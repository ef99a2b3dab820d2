package dev.mall.saga;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.SagaState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Command;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.wire.Topics;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders from their announcement to the end, through lost, late and repeated replies. */
class SagaIT extends SagaFixture {

  @Test
  void confirmsAnOrder() {
    services.send(anOrder(order));

    awaitState(order, COMPLETED);
    assertThat(commandsOf(order))
        .containsExactly(
            ReserveStock.class,
            ChargePayment.class,
            CommitReservation.class,
            ConfirmOrder.class,
            NotifyCustomer.class);
    assertThat(results(order))
        .containsExactly("STARTED", "ANSWERED", "ANSWERED", "ANSWERED", "ANSWERED", "ANSWERED");
  }

  @Test
  void cancelsAnOrderThatCannotBePaid() {
    services.send(anOrder(order, MORE_THAN_THERE_IS));

    awaitState(order, COMPENSATED);
    assertThat(commandsOf(order))
        .containsExactly(
            ReserveStock.class,
            ChargePayment.class,
            ReleaseReservation.class,
            CancelOrder.class,
            NotifyCustomer.class);
    assertThat(saga.ask(String.class, "refusal", order)).isEqualTo("INSUFFICIENT_FUNDS");
  }

  @Test
  void asksAgainWhenAReplyIsLost() {
    services.lose(firstTime(ChargePayment.class));

    services.send(anOrder(order));

    awaitState(order, COMPLETED);
    var charges = services.received(order, ChargePayment.class);
    assertThat(charges).hasSize(2);
    assertThat(charges.getFirst()).isEqualTo(charges.getLast()); // the same message, id and all
    assertThat(results(order)).contains("ASKED_AGAIN");
  }

  @Test
  void givesUpNoStepWhoseServiceIsUnavailable() {
    services.stopReading(Topics.PAYMENT_COMMANDS);
    services.send(anOrder(order));

    await().until(() -> saga.state(order).isPresent() && isAt("pay", Duration.ofSeconds(8)));

    assertThat(saga.state(order)).contains(RUNNING); // it would have been given up after 4.9 s
    assertThat(saga.ask(Integer.class, "attempt", order)).isEqualTo(1);
    assertThat(saga.ask(Boolean.class, "overdue", order)).isTrue();

    services.resumeReading(Topics.PAYMENT_COMMANDS);

    awaitState(order, COMPLETED);
    assertThat(services.received(order, ChargePayment.class)).hasSize(1);
  }

  @Test
  void givesUpAStepThatWasReadAndIsNotAnswered() {
    services.ignore(order, "pay");
    services.send(anOrder(order));

    awaitState(order, COMPENSATED);
    assertThat(saga.ask(String.class, "refusal", order)).isEqualTo("TIMED_OUT");
  }

  @Test
  void beginsOneSagaHoweverOftenAnOrderIsAnnounced() {
    for (int time = 0; time < 5; time++) {
      services.send(anOrder(order));
    }

    awaitState(order, COMPLETED);
    services.send(anOrder(order));
    confirmsAnotherAfter(order);
    assertThat(commandsOf(order)).hasSize(5);
  }

  @Test
  void parksOnADeadLetterUntilALateAnswer() {
    services.ignore(order, "commit");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, CommitReservation.class).isEmpty());
    var poison = services.received(order, CommitReservation.class).getFirst();

    services.deadLetter(poison);

    await().until(() -> saga.ask(String.class, "parked_why", order) != null);
    assertThat(saga.ask(String.class, "parked_why", order)).contains("FAILED", "it is poison");
    assertThat(saga.state(order)).contains(RUNNING);

    services.answer(poison);

    awaitState(order, COMPLETED);
    assertThat(saga.ask(String.class, "parked_why", order)).isNull();
    assertThat(results(order)).contains("PARKED");
  }

  @Test
  void goesOnWhenItsDeadLetterIsSentAgain() {
    services.ignore(order, "commit");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, CommitReservation.class).isEmpty());
    services.deadLetter(services.received(order, CommitReservation.class).getFirst());
    await().until(() -> saga.ask(String.class, "parked_why", order) != null);
    var letters = "/dead-letters?status=WAITING&orderId=" + order;
    var letter = get(letters).get("items").get(0);
    assertThat(letter.get("type").asString()).isEqualTo("CommitReservation");
    int before = services.received(order, CommitReservation.class).size();

    services.answerAgain(order, "commit");
    post("/dead-letters/%s/redrive".formatted(letter.get("id").asString()));

    awaitState(order, COMPLETED);
    var commits = services.received(order, CommitReservation.class);
    assertThat(commits).hasSizeGreaterThan(before);
    assertThat(commits.getLast()).isEqualTo(commits.getFirst()); // the same message, id and all
    assertThat(get(letters).get("items")).isEmpty();
  }

  @Test
  void holdsAStepWhileItIsPausedOnEveryReplica() {
    try (var other = Replica.start(database)) {
      put("/steps/pay/pause");
      services.send(anOrder(order));
      await().until(() -> saga.state(order).isPresent() && attempt(order) == 0);
      assertThat(services.received(order, ChargePayment.class)).isEmpty();
      assertThat(get("/sagas?held=true").get("items").findValuesAsString("orderId"))
          .contains(Long.toString(order));

      put("/steps/pay/resume");

      awaitState(order, COMPLETED);
      assertThat(services.received(order, ChargePayment.class)).hasSize(1);
      assertThat(other.state(order)).contains(COMPLETED);
    } finally {
      put("/steps/pay/resume");
    }
  }

  @Test
  void retriesInANewRoundAndIgnoresTheLateAnswerToTheOldOne() {
    services.ignore(order, "pay");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, ChargePayment.class).isEmpty());
    var first = services.received(order, ChargePayment.class).getFirst();

    post("/sagas/%d/retry".formatted(order));

    awaitState(order, COMPLETED);
    services.answer(first);
    confirmsAnotherAfter(order);
    assertThat(results(order)).containsOnlyOnce("RETRIED");
  }

  @Test
  void arrivesAgainFromAnOlderState() { // as after a backup
    services.ignore(order, "notify");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, NotifyCustomer.class).isEmpty());

    saga.bean(JdbcClient.class)
        .sql("update saga set step = 'pay', deadline = now() where order_id = ?")
        .param(order)
        .update();
    services.answerAgain(order, "notify");

    awaitState(order, COMPLETED);
    assertThat(services.received(order, ChargePayment.class)).hasSizeGreaterThan(1);
  }

  @Test
  void judgesNoDeadlineWhileAReplyIsUnread() {
    services.ignore(order, "pay");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, ChargePayment.class).isEmpty());
    saga.stop("sagas");
    services.answer(services.received(order, ChargePayment.class).getFirst());
    int attempt = saga.ask(Integer.class, "attempt", order);

    awaitExcuses(2);

    assertThat(saga.ask(Integer.class, "attempt", order)).isEqualTo(attempt);
    assertThat(saga.ask(Boolean.class, "overdue", order)).isTrue();

    saga.start("sagas");

    awaitState(order, COMPLETED);
  }

  @Test
  void judgesNoDeadlineWhileItsCommandWaitsInTheOutbox() {
    saga.stop("outboxRelay");
    services.send(anOrder(order));
    await().until(() -> saga.state(order).isPresent());

    awaitExcuses(3);

    assertThat(saga.ask(Integer.class, "attempt", order)).isOne();

    saga.start("outboxRelay");

    awaitState(order, COMPLETED);
    assertThat(results(order)).doesNotContain("GIVEN_UP");
  }

  @Test
  void sendsNothingTwiceFromTwoReplicas() {
    var orders = LongStream.range(0, 60).map(_ -> ORDERS.getAndIncrement()).boxed().toList();
    services.lose(firstTime(ChargePayment.class));

    try (var other = Replica.start(database)) {
      orders.forEach(each -> services.send(anOrder(each)));
      orders.forEach(each -> awaitState(each, COMPLETED));

      assertThat(resends(saga) + resends(other)).isGreaterThanOrEqualTo(orders.size());
    }

    for (long each : orders) {
      var asked = new TreeMap<String, Integer>();
      services
          .received(each, Command.class)
          .forEach(received -> asked.merge(received.command().step().step(), 1, Integer::sum));
      assertThat(asked).describedAs("commands of order %d", each).isEqualTo(attempts(each));
    }
  }
}
