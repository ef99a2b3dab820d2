package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent.OrderCancelled;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.Records;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.outbox.relay.OutboxStore.ScanRange;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** An outbox with one relay or several, a broker that stops and writers that compete. */
class OutboxIT extends OutboxFixture {

  /** At once, for one key, on two replicas that have eight connections each. */
  private static final int WRITERS = 12;

  @Test
  void sendsNothingOfATransactionThatRolledBack() throws Exception {
    replica.transaction.executeWithoutResult(status -> {
      replica.append(product("rolled-back", 1));
      status.setRollbackOnly();
    });
    replica.commit(product("committed", 1));

    replica.drainAll();

    assertThat(
            keysOf(
                servers.read(Topics.CATALOGUE_EVENTS, seen -> keysOf(seen).contains("committed"))))
        .doesNotContain("rolled-back");
    assertThat(waiting()).isZero();
  }

  @Test
  void refusesAMessageTheBrokerWouldRefuse() {
    assertThatThrownBy(
            () -> replica.commit(new ProductChanged("fat", 1, "x".repeat(900_001), 1, "EUR")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mall.catalogue.events");

    assertThat(waiting()).isZero();
  }

  @Test
  void keepsAnEventBehindAnEarlierOneOfItsKeyAcrossTopicsAndBatches() throws Exception {
    var key = "chain";
    replica.commit(
        IntStream.rangeClosed(1, 7).mapToObj(v -> product(key, v)).toArray(Message[]::new));

    replica.drainAll();

    assertThat(versions(key, 7)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  /** Many writers of one key on two replicas, each locking the key's row before it appends. */
  @Test
  void sendsOneKeysMessagesInTheOrderOfTheirCommits() throws Exception {
    createVersions("ordered");
    try (var other = replica(SHORT);
        var crowd = Executors.newFixedThreadPool(WRITERS)) {
      replica.start();
      other.start();
      var writers =
          IntStream.range(0, 100)
              .mapToObj(i -> crowd.submit(() -> bump(i % 2 == 0 ? replica : other, "ordered")))
              .toList();
      for (var writer : writers) {
        writer.get();
      }

      // a relay whose lease ended while it published may repeat what its successor sends
      assertThat(firstDeliveries("ordered", 100))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
    }
  }

  /** Why the row is locked first: a writer that appends before it locks is overtaken. */
  @Test
  void wouldMixUpAKeysOrderIfWritersDidNotLockItsRowFirst() throws Exception {
    createVersions("unordered");
    var appended = new CountDownLatch(1);
    var overtaken = new CountDownLatch(1);
    var slow =
        threads.submit(() ->
            replica.transaction.executeWithoutResult(_ -> {
              replica.append(product("unordered", 2)); // takes the lower number …
              appended.countDown();
              awaitQuietly(overtaken);
              nextVersion(replica, "unordered"); // … and the later version
            }));
    appended.await();
    bump(replica, "unordered");
    overtaken.countDown();
    slow.get();

    replica.drainAll();

    assertThat(versions("unordered", 2)).containsExactly(2L, 1L);
  }

  @Test
  void sendsARowThatAppearsBelowOnesAlreadySent() throws Exception {
    replica.start();
    var appended = new CountDownLatch(1);
    var sent = new CountDownLatch(1);
    var slow =
        threads.submit(() ->
            replica.transaction.executeWithoutResult(_ -> {
              replica.append(product("late", 1));
              appended.countDown();
              awaitQuietly(sent);
            }));
    appended.await();
    replica.commit(product("early", 1));
    servers.read(Topics.CATALOGUE_EVENTS, seen -> keysOf(seen).contains("early"));
    sent.countDown();
    slow.get();

    servers.read(Topics.CATALOGUE_EVENTS, seen -> keysOf(seen).contains("late"));
  }

  @Test
  void isWokenByAnotherReplicasCommit() {
    replica.close();
    replica = replica(HOURS);
    replica.start();
    replica.commit(product("warm-up", 1));
    await().until(() -> waiting() == 0);
    try (var other = replica(HOURS)) {
      other.start(); // never leads: it only commits
      other.commit(product("from-afar", 1));

      servers.read(Topics.CATALOGUE_EVENTS, seen -> keysOf(seen).contains("from-afar"));
    }
  }

  @Test
  void isWokenByItsOwnCommitWithoutANotification() {
    replica.close();
    replica = replica(HOURS);
    replica.relay.start(); // and not its notifications: nothing listens or notifies
    replica.commit(product("warm-up", 1));
    await().until(() -> waiting() == 0);
    replica.commit(product("from-here", 1));

    servers.read(Topics.CATALOGUE_EVENTS, seen -> keysOf(seen).contains("from-here"));
  }

  @Test
  void isTakenOverFromALeaderThatStopped() {
    // a leader that was stopped after it took the lease: it neither renews nor gives up
    assertThat(replica.leases.take("outbox-relay", "the-stopped-one", LEASE)).isTrue();
    replica.commit(product("orphan", 1));

    replica.start();

    servers.read(Topics.CATALOGUE_EVENTS, seen -> keysOf(seen).contains("orphan"));
    assertThat(replica.leases.take("outbox-relay", "the-stopped-one", LEASE)).isFalse();
  }

  @Test
  void isHandedOverByALeaderThatEnds() {
    var other = replica(SHORT);
    other.start();
    other.commit(product("first", 1));
    await().until(() -> waiting() == 0);
    other.close();

    assertThat(replica.leases.take("outbox-relay", "next", LEASE)).isTrue();
  }

  @Test
  void mayBeSentTwiceByALeaderThatWasStoppedAndWokeAgain() throws Exception {
    replica.commit(product("twice", 1), product("twice", 2));
    var inTheZombiesHands = scan();
    replica.drainAll();

    try (var zombie = replica.publisher(servers.producerConfig())) {
      for (var wave : OutboxStore.waves(inTheZombiesHands)) {
        assertThat(zombie.publish(wave, Set.of()).failed()).isEmpty();
        await().until(() -> zombie.arrived().failed().isEmpty() && zombie.bytesInFlight() == 0);
      }
    }

    var versions = versions("twice", 4);
    assertThat(versions).containsExactly(1L, 2L, 1L, 2L);
    var ids =
        servers.read(Topics.CATALOGUE_EVENTS, seen -> ofKey(seen, "twice").size() >= 4).stream()
            .filter(record -> record.key().equals("twice"))
            .map(record -> Records.header(record, Headers.ID))
            .distinct();
    assertThat(ids).hasSize(2);
  }

  @Test
  void waitsWhileTheBrokerIsUnavailableAndDrainsByItself() {
    replica.start();
    replica.commit(product("before", 1));
    await().until(() -> waiting() == 0);
    servers.kafka.stop();
    try {
      replica.commit(product("meanwhile", 1), product("meanwhile", 2));
      await().until(() -> replica.relay.lastFailure() != null);
      assertThat(waiting()).isEqualTo(2);
      assertThat(replica.store.backlog().oldest()).isPositive();
    } finally {
      servers.kafka.start();
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
    assertThat(versions("meanwhile", 2)).containsSubsequence(1L, 2L);
    assertThat(replica.relay.lastFailure()).isNull();
  }

  @Test
  void takesAsManyStatementsAndSendsFor300RowsAsForOne() throws Exception {
    replica.commit(new OrderConfirmed(1000));
    replica.drainAll(); // so that the producer is connected and knows the topic
    for (int rows : List.of(1, 300)) {
      var confirmed =
          IntStream.range(0, rows).mapToObj(OrderConfirmed::new).toArray(Message[]::new);

      var appending = replica.statements.during(() -> replica.commit(confirmed));
      var waves = OutboxStore.waves(scan());
      var publishing = replica.statements.during(replica::drain);
      var removing = replica.statements.during(replica::drain);

      assertThat(appending).as("append %d", rows).hasSize(1);
      assertThat(waves).as("sends of %d", rows).hasSize(1);
      assertThat(publishing).as("scan of %d", rows).hasSize(1);
      assertThat(removing).as("removal of %d, and the next scan", rows).hasSize(1);
      replica.drainAll(); // on a busy machine some were acknowledged later
      assertThat(waiting()).isZero();
    }
  }

  @Test
  void scansCheaplyAfterAMillionDeletedRows() {
    replica.jdbc.sql("alter table outbox set (autovacuum_enabled = false)").update();
    replica
        .jdbc
        .sql(
            """
            insert into outbox (topic, key, headers, payload)
            select 't', 'k', '{}', '' from generate_series(1, 1000000)
            """)
        .update();
    replica.jdbc.sql("delete from outbox").update();
    replica.commit(new OrderCancelled(1, CancelReason.TIMED_OUT));

    var floor = replica.jdbc.sql("select max(number) - 1 from outbox").query(Long.class).single();

    assertThat(replica.buffersOfAScan(floor)).isLessThan(20);
  }

  @Test
  void leavesOutWhatWaitsBehindAHeldTopicsRowOfItsKey() {
    insert("free", "a");
    insert("held", "a");
    insert("held", "b");
    insert("other", "a");
    insert("free", "c");

    assertThat(replica.store.scan(new ScanRange(0, 1000, 8_000_000, Set.of("held"))))
        .extracting(Waiting::number)
        .containsExactly(1L, 5L);
    assertThat(replica.store.scan(new ScanRange(2, 1000, 8_000_000, Set.of("held"))))
        .extracting(Waiting::number)
        .containsExactly(4L, 5L);
  }
}
