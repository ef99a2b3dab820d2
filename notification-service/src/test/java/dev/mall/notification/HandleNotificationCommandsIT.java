package dev.mall.notification;

import static dev.mall.contracts.values.CancelReason.OUT_OF_STOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.testing.StatementCounter;
import dev.mall.testing.messages.SentCommands;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Commands on a real database, through a real Kafka, to one replica and to two. */
class HandleNotificationCommandsIT extends NotificationServiceTests {

  @Autowired StatementCounter counter;
  @Autowired MeterRegistry meters;
  @Autowired ApplicationContext service;
  @Autowired TransactionTemplate transaction;

  @Test
  void notifiesACustomerOnceHoweverOftenTheCommandComes() {
    var ann = aCustomer();
    var command = confirmed(anOrder(), ann);

    handle(command, command);
    handle(command);

    assertThat(inboxOf(ann)).hasSize(1);
    replies.await(3, Stream.of(command.step()));
    assertThat(replies.to(command.step())).containsOnly(new CustomerNotified(command.step()));
  }

  @Test
  void notifiesNoSecondTimeInALaterRound() {
    var ann = aCustomer();
    long order = anOrder();

    handle(notify(order, 1, ann, OUT_OF_STOCK));
    handle(notify(order, 2, ann, OUT_OF_STOCK));

    assertThat(inboxOf(ann)).hasSize(1);
    assertThat(replies.one(notify(order, 2, ann, OUT_OF_STOCK).step()))
        .isInstanceOf(CustomerNotified.class);
  }

  @Test
  void notifiesOfTheOtherOutcomeTooAndCountsTheContradiction() {
    var ann = aCustomer();
    long order = anOrder();
    double before = meters.get("mall.notifications.contradicted").counter().count();

    handle(notify(order, 1, ann, null));
    handle(notify(order, 2, ann, OUT_OF_STOCK));
    handle(notify(order, 2, ann, OUT_OF_STOCK));

    assertThat(inboxOf(ann))
        .extracting(InboxEntry::outcome)
        .containsExactly(OrderOutcome.CANCELLED, OrderOutcome.CONFIRMED);
    assertThat(meters.get("mall.notifications.contradicted").counter().count())
        .isEqualTo(before + 1);
  }

  @Test
  void needsNoMoreStatementsForManyMessagesThanForOne() throws Exception {
    var ann = aCustomer();
    var few = List.of(confirmed(anOrder(), ann));
    var many = IntStream.range(0, 300).mapToObj(_ -> confirmed(anOrder(), ann)).toList();

    var forFew = counter.during(() -> handle(few));
    var forMany = counter.during(() -> handle(many));

    assertThat(forMany).hasSameSizeAs(forFew).hasSize(5);
    assertThat(inboxOf(ann)).hasSize(301);
  }

  @Test
  void theSecondOfTwoConcurrentCommandsFindsTheCustomerNotified() throws Exception {
    var ann = aCustomer();
    long order = anOrder();
    try (var threads = Executors.newSingleThreadExecutor()) {
      var second =
          transaction.execute(_ -> {
            handle(notify(order, 1, ann, null));
            var again = threads.submit(() -> handle(notify(order, 2, ann, null)));
            await().until(this::aTransactionWaitsForALock);
            return again;
          });

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(second::get)
          .withCauseInstanceOf(StaleWriteException.class);
    }

    handle(notify(order, 2, ann, null));

    assertThat(inboxOf(ann)).hasSize(1);
  }

  @Test
  void twoReplicasNotifyEveryCustomerOnce() {
    var ann = aCustomer();
    var commands = IntStream.range(0, 200).mapToObj(_ -> confirmed(anOrder(), ann)).toList();

    try (var other = NotificationApplication.application().run(DATABASE.replicaArguments())) {
      await()
          .until(() -> {
            SentCommands.send(service, commands.subList(0, 120));
            return SentCommands.batches(other, "notification-service.notifications") > 0;
          });
    } // leaves the group while commands are under way
    SentCommands.send(service, commands);
    SentCommands.send(service, commands);
    replies.await(2, commands.stream().map(NotifyCustomer::step));

    assertThat(inboxOf(ann)).extracting(InboxEntry::orderId).doesNotHaveDuplicates().hasSize(200);
  }

  private boolean aTransactionWaitsForALock() {
    return jdbc.sql("select exists (select from pg_locks where not granted)")
        .query(Boolean.class)
        .single();
  }
}
