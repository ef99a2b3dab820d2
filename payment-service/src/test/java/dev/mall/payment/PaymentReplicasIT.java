package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.testing.Infrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Commands through Kafka to two replicas of the service, one of which goes and comes. */
class PaymentReplicasIT extends PaymentServiceTests {

  @Autowired Outbox outbox;
  @Autowired TransactionTemplate transaction;

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

    try (var other = anotherReplica()) {
      send(refunds.subList(0, 10)); // before their charges
      send(charges);
      await()
          .until(() -> {
            send(charges.subList(50, 150));
            return batchesOf(other) > 0;
          });
    } // leaves the group while the rest is under way
    send(refunds);
    send(charges);
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

  private static ConfigurableApplicationContext anotherReplica() {
    return PaymentApplication.application()
        .run(
            "--server.port=0",
            "--spring.datasource.url=" + DATABASE.url(),
            "--spring.datasource.username=" + DATABASE.name(),
            "--spring.datasource.password=" + DATABASE.password(),
            "--spring.kafka.bootstrap-servers=" + Infrastructure.kafka().bootstrapServers());
  }

  private static long batchesOf(ConfigurableApplicationContext replica) {
    return replica
        .getBean(MeterRegistry.class)
        .get("mall.consumer.batch")
        .tag("consumer", "payment-service.payments")
        .summary()
        .count();
  }

  /** Sends them as the orchestrator would, in pieces. */
  private void send(List<? extends PaymentCommand> commands) {
    var pieces = new ArrayList<List<? extends PaymentCommand>>();
    for (int i = 0; i < commands.size(); i += 25) {
      pieces.add(commands.subList(i, Math.min(commands.size(), i + 25)));
    }
    for (var piece : pieces) {
      transaction.executeWithoutResult(_ -> outbox.append(piece.stream().map(this::sent).toList()));
    }
  }

  private OutboundMessage sent(PaymentCommand command) {
    return new OutboundMessage(UUID.randomUUID(), command, null, null);
  }
}
