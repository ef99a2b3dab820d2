package dev.mall.payment;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.testing.Infrastructure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The database ends the service's connections again and again while it works. */
class ConnectionsLostIT extends PaymentServiceTests {

  private static final int ROUNDS = 8;

  private final AtomicInteger ended = new AtomicInteger();

  /** On connections of its own, not on what is left of the service's. */
  private final JdbcClient truth = JdbcClient.create(DATABASE.dataSource());

  @Autowired Outbox outbox;
  @Autowired TransactionTemplate transaction;
  @Autowired MeterRegistry meters;

  @Autowired DataSource pool;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(truth).passes();
  }

  @AfterEach
  void nextTestsFindNoDeadConnections() throws Exception {
    pool.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
  }

  @Test
  void noGoodCommandIsGivenUpBecauseOfThem() throws Exception {
    var ann = aCustomerWith(euro(100_000));
    var rounds =
        IntStream.range(0, ROUNDS)
            .mapToObj(_ ->
                IntStream.range(0, 10).mapToObj(_ -> charge(anOrder(), ann, euro(10))).toList())
            .toList();

    try (var saboteur = Executors.newSingleThreadScheduledExecutor()) {
      var sabotage = saboteur.scheduleWithFixedDelay(this::endConnections, 0, 700, MILLISECONDS);
      for (var round : rounds) {
        sendUntilCommitted(round);
        replies.await(1, round.stream().limit(1).map(PaymentCommand::step));
      }
      sabotage.cancel(false);
    }
    assertThat(ended.get()).as("connections ended").isPositive();

    var charges = rounds.stream().flatMap(List::stream).toList();
    replies.await(1, charges.stream().map(PaymentCommand::step));
    assertThat(charges)
        .allSatisfy(charge ->
            assertThat(replies.to(charge.step())).containsOnly(new PaymentCharged(charge.step())));
    assertThat(
            truth
                .sql("select balance_minor from wallet where customer_id = :ann")
                .param("ann", ann)
                .query(Long.class)
                .single())
        .isEqualTo(100_000 - 10 * charges.size());
    assertThat(commandsGivenUp()).isZero();
  }

  /** Commands alone: other tests of this context send replies that are meant to be given up. */
  private double commandsGivenUp() {
    return meters
        .find("mall.dead.letters")
        .tag("topic", Topics.PAYMENT_COMMANDS)
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private void endConnections() {
    ended.addAndGet(
        JdbcClient.create(Infrastructure.postgres().adminDataSource("postgres"))
            .sql(
                """
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                 where datname = :database
                """)
            .param("database", DATABASE.name())
            .query(Integer.class)
            .single());
  }

  private void sendUntilCommitted(List<? extends PaymentCommand> commands) {
    var messages =
        commands.stream().map(c -> new OutboundMessage(UUID.randomUUID(), c, null, null)).toList();
    while (true) {
      try {
        transaction.executeWithoutResult(_ -> outbox.append(messages));
        return;
      } catch (RuntimeException lost) {
        // its connection was ended too: send again, a repeat does no harm
      }
    }
  }
}
