package dev.mall.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.OrderEvent.OrderCancelled;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.Records;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.outbox.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** How a service's consumer handles the records of its topics. */
class ConsumerIT extends ConsumerFixture {

  @Test
  void handlesItsTypesAndSkipsTheOthers() throws Exception {
    var order = ORDERS.getAndIncrement();
    send(
        new OrderEvent.OrderPlaced(
            order,
            "a",
            1,
            "EUR",
            PaymentMethod.WALLET,
            List.of(),
            Instant.EPOCH,
            null)); // known, not ours
    var id = send(new OrderConfirmed(order));

    await().until(() -> handled(order).contains(id));

    assertThat(handled(order)).containsExactly(id);
  }

  @Test
  void commitsOnceMoreWhatFellSilent() throws Exception {
    var order = ORDERS.getAndIncrement();
    send(new OrderConfirmed(order));
    await().until(() -> handled(order).size() == 1);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> application.getBean(IdleCommits.class).unconfirmed() == 0);
  }

  @Test
  void neitherReadsNorStampsByTheClockOfThisMachine() throws Exception { // which is days ahead
    var order = ORDERS.getAndIncrement();
    var id = send(new OrderConfirmed(order));

    await().until(() -> handled(order).contains(id)); // not expired

    var said =
        servers
            .read(
                Topics.ORDER_COMMANDS,
                seen -> seen.stream().anyMatch(r -> r.key().equals(Long.toString(order))))
            .stream()
            .filter(record -> record.key().equals(Long.toString(order)))
            .findFirst()
            .orElseThrow();
    assertThat(Instant.parse(Records.header(said, Headers.CREATED_AT)))
        .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
  }

  @Test
  void deadLettersAPoisonMessageAndHandlesItsNeighbours() throws Exception {
    var before = ORDERS.getAndIncrement();
    var after = ORDERS.getAndIncrement();
    send(new OrderConfirmed(before));
    var poison = send(new OrderCancelled(ProbeApplication.POISON, CancelReason.OPERATOR));
    send(new OrderConfirmed(after));

    var dead = deadLetter(poison.toString());

    assertThat(Records.header(dead, Headers.DEAD_CAUSE)).isEqualTo(Cause.FAILED.name());
    assertThat(Records.header(dead, Headers.DEAD_ATTEMPTS)).isEqualTo("3");
    assertThat(Records.header(dead, Headers.DEAD_DETAIL)).contains("poison");
    assertThat(Records.header(dead, Headers.DEAD_TOPIC)).isEqualTo(Topics.ORDER_EVENTS);
    assertThat(Records.header(dead, Headers.TYPE)).isEqualTo("OrderCancelled");
    assertThat(codec.decode(OrderCancelled.class, 1, dead.value()).orderId())
        .isEqualTo(ProbeApplication.POISON);
    await().until(() -> handled(before).size() == 1 && handled(after).size() == 1);
  }

  @Test
  void handlesAMessageWithAMalformedTrace() throws Exception {
    var order = ORDERS.getAndIncrement();
    var id = UUID.randomUUID();
    var odd = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zz";
    servers.send(
        Topics.ORDER_EVENTS,
        Long.toString(order),
        headers(id, new OrderConfirmed(order), Map.of(Headers.TRACEPARENT, odd)),
        codec.body(new OrderConfirmed(order)));

    await().until(() -> handled(order).contains(id));

    assertThat(
            jdbc.sql("select count(*) from handled where order_id = :order and traceparent is null")
                .param("order", order)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void reportsWhetherItsConsumersMakeProgress() {
    var endpoint = application.getBean(ConsumersEndpoint.class);

    assertThat(endpoint.consumers()).containsOnlyKeys("probe.events");
    assertThat(endpoint.giveUp(SecurityContext.NONE, "probe.events", 7))
        .extracting("givingUp")
        .isEqualTo(7);
    assertThat(endpoint.giveUp(SecurityContext.NONE, "probe.events", 0))
        .extracting("givingUp")
        .isEqualTo(0);
    assertThat(endpoint.giveUp(SecurityContext.NONE, "probe.unknown", 1)).isNull();
    assertThatThrownBy(() -> endpoint.giveUp(SecurityContext.NONE, "probe.events", -1))
        .isInstanceOf(InvalidEndpointRequestException.class);
  }

  @Test
  void deadLettersWhatNoServiceCanRead() throws Exception {
    var expected =
        Map.of(
            sendRaw(Map.of(Headers.TYPE, "OrderTeleported"), "{}"), Cause.UNKNOWN_TYPE,
            sendRaw(Map.of(Headers.VERSION, "99"), "{}"), Cause.UNKNOWN_VERSION,
            sendRaw(Map.of(), "{\"orderId\":"), Cause.UNREADABLE,
            sendRaw(Map.of(Headers.CREATED_AT, "yesterday"), "{\"orderId\":1}"), Cause.UNREADABLE,
            sendRaw(Map.of(Headers.CREATED_AT, "2020-01-01T00:00:00Z"), "{\"orderId\":1}"),
                Cause.EXPIRED);

    expected.forEach((id, cause) ->
        assertThat(Records.header(deadLetter(id), Headers.DEAD_CAUSE)).isEqualTo(cause.name()));
  }

  @Test
  void deadLettersWhatCannotBeStoredUnchanged() throws Exception {
    var odd = new ArrayList<ProducerRecord<String, byte[]>>();
    odd.add(unreadable("no\0text", new byte[0]));
    odd.add(unreadable("k".repeat(70_000), new byte[0]));
    odd.add(unreadable("large", new byte[950_000]));
    odd.add(unreadable("null header", new byte[0]));
    odd.getLast().headers().add("null", null);
    odd.add(unreadable("large header", new byte[900_000]));
    odd.getLast().headers().add("large", new byte[100_000]);
    for (var record : odd) {
      servers.send(record);
    }
    var after = ORDERS.getAndIncrement();
    send(new OrderConfirmed(after));

    var letters = odd.stream().map(record -> deadLetter(idOf(record))).toList();

    assertThat(letters)
        .extracting(letter -> Records.header(letter, Headers.DEAD_CUT))
        .containsExactly(null, "true", "true", null, "true");
    assertThat(letters)
        .extracting(letter -> Records.header(letter, Headers.DEAD_CAUSE))
        .containsOnly(Cause.UNREADABLE.name());
    assertThat(letters.get(2).value()).hasSize(Outbox.MAX_BODY_BYTES);
    assertThat(letters.get(4).value()).hasSize(900_000);
    await().until(() -> handled(after).size() == 1);
  }

  /** First the listener itself fails, then it acknowledges nothing because of the environment. */
  @Test
  void readsUnacknowledgedRecordsAgainAfterTheListenerFailed() throws Exception {
    var order = ORDERS.getAndIncrement();
    ProbeApplication.failures.add(new IllegalStateException(new InternalError("a broken JVM")));
    ProbeApplication.failures.add(new CannotGetJdbcConnectionException("no connection"));

    var id = send(new OrderConfirmed(order));

    await().until(() -> handled(order).contains(id));
  }

  /** After 0.1, 0.2 and 0.4 s. */
  @Test
  void triesAgainSoonAfterATransientFailure() throws Exception {
    for (int failure = 0; failure < 3; failure++) {
      ProbeApplication.failures.add(new CannotAcquireLockException("a row is locked"));
    }
    var order = ORDERS.getAndIncrement();

    var id = send(new OrderConfirmed(order));

    await().atMost(Duration.ofSeconds(10)).until(() -> handled(order).contains(id));
  }

  @Test
  void waitsForTheDatabaseAndDeadLettersNothing() throws Exception {
    outlastAnOutage(Duration.ZERO);
  }

  @Test
  @Tag("long")
  void waitsTwoMinutesForTheDatabaseAndDeadLettersNothing() throws Exception {
    outlastAnOutage(Duration.ofMinutes(2));
  }

  /** At least as long, and for several attempts. */
  private void outlastAnOutage(Duration atLeast) throws Exception {
    var order = ORDERS.getAndIncrement();
    servers.postgres.stop();
    UUID id;
    try {
      id = send(new OrderConfirmed(order));
      var attempts = ProbeApplication.attempts.get();
      var since = System.nanoTime();
      await()
          .atMost(atLeast.plusSeconds(60))
          .until(() ->
              ProbeApplication.attempts.get() > attempts + 3
                  && System.nanoTime() - since >= atLeast.toNanos());
    } finally {
      servers.postgres.start();
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(CannotGetJdbcConnectionException.class) // the pool needs a moment, too
        .until(() -> handled(order).contains(id));

    assertThat(deadIds()).doesNotContain(id.toString());
  }

  @Test
  void propagatesTheTraceToMessagesCausedByAMessage() throws Exception {
    var order = ORDERS.getAndIncrement();
    var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    var id = UUID.randomUUID();
    servers.send(
        Topics.ORDER_EVENTS,
        Long.toString(order),
        headers(id, new OrderConfirmed(order), Map.of(Headers.TRACEPARENT, trace)),
        codec.body(new OrderConfirmed(order)));

    var reply =
        servers
            .read(
                Topics.ORDER_COMMANDS,
                seen -> seen.stream().anyMatch(record -> record.key().equals(Long.toString(order))))
            .stream()
            .filter(record -> record.key().equals(Long.toString(order)))
            .findFirst()
            .orElseThrow();

    assertThat(Records.header(reply, Headers.TRACEPARENT))
        .startsWith("00-0af7651916cd43dd8448eb211c80319c-");
    assertThat(Records.header(reply, Headers.CAUSATION_ID)).isEqualTo(id.toString());
    assertThat(Records.header(reply, Headers.SOURCE)).isEqualTo("probe");
    assertThat(Records.header(reply, Headers.ORDER_ID)).isEqualTo(Long.toString(order));
  }
}
