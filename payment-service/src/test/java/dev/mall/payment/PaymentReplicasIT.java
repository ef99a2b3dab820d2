package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.testing.messages.SentCommands;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Commands through Kafka to two replicas of the service, one of which goes and comes. */
class PaymentReplicasIT extends PaymentServiceTests {

  @Autowired ApplicationContext service;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(jdbc).passes();
  }

  @Test
  void everyCommandHasOneEffectWhileReplicasComeAndGo() {
    var customers = Stream.generate(() -> aCustomerWith(euro(600))).limit(20).toList();
    var charges =
        IntStream.range(0, 200)
            .mapToObj(n -> charge(anOrder(), customers.get(n % 20), euro(100)))
            .toList();
    var refunds = charges.stream().limit(20).map(c -> refund(c.step().orderId())).toList();

    try (var other = PaymentApplication.application().run(DATABASE.replicaArguments())) {
      SentCommands.send(service, refunds.subList(0, 10)); // before their charges
      SentCommands.send(service, charges);
      await()
          .until(() -> {
            SentCommands.send(service, charges.subList(50, 150));
            return SentCommands.batches(other, "payment-service.payments") > 0;
          });
    } // leaves the group while the rest is under way
    SentCommands.send(service, refunds);
    SentCommands.send(service, charges);
    replies.await(2, charges.stream().map(PaymentCommand::step));
    replies.await(1, refunds.stream().map(PaymentCommand::step));

    assertThat(charges)
        .allSatisfy(charge -> assertThat(replies.to(charge.step()).stream().distinct()).hasSize(1));
    long charged =
        charges.stream()
            .filter(charge -> replies.one(charge.step()) instanceof PaymentCharged)
            .count();
    // each wallet pays for six; ten charges were called off, ten more were refunded
    assertThat(charged).isBetween(120L, 130L);
  }
}
