package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Message;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.outbox.Outbox.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A relay that publishes what this replica commits from memory, and scans for everything else. */
class DirectPublicationIT extends OutboxFixture {

  @BeforeEach
  void startRelay() {
    start(HOURS);
  }

  private void start(Duration pollInterval) {
    replica.close();
    replica = replica(pollInterval);
    replica.commit(product("warm-up", 1));
    replica.drainAll(); // the producer is connected and knows the topic
    replica.relay.start();
    settle();
  }

  /** On a busy machine Kafka may answer late, and the relay then scans; it does not stay so. */
  @Test
  void publishesWithoutAScanAndRemovesLater() {
    var version = new AtomicLong();

    await()
        .until(() -> {
          settle();
          double before = replica.direct();
          replica.statements.clear();
          replica.commit(product("one", version.incrementAndGet()));
          await().until(() -> waiting() == 0);
          return replica.direct() == before + 1 && scansOfTheRelay() == 1;
        });

    assertThat(versions("one", version.intValue()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, version.get()).boxed().toList());
  }

  @Test
  void publishesNothingOfATransactionThatRolledBack() {
    replica.transaction.executeWithoutResult(status -> {
      replica.append(product("undone", 1));
      status.setRollbackOnly();
    });
    replica.commit(product("done", 1));

    assertThat(keysOf(servers.read(Topics.CATALOGUE_EVENTS, seen -> keysOf(seen).contains("done"))))
        .doesNotContain("undone");
  }

  /** The other replica's notification is lost; the append itself sees that a row waits. */
  @Test
  void overtakesNoRowOfAnotherReplica() {
    try (var other = replica(HOURS)) {
      for (int i = 1; i < 20; i += 2) {
        other.commit(product("shared", i));
        replica.commit(product("shared", i + 1));
      }
    }

    assertThat(versions("shared", 20))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void overtakesNoRowWhoseThreadSleepsAfterItsCommit() throws Exception {
    var committed = new CountDownLatch(1);
    var awake = new CountDownLatch(1);
    var sleeper =
        threads.submit(() ->
            replica.transaction.executeWithoutResult(_ -> {
              sleepAfterCommit(committed, awake);
              replica.append(product("slept", 1));
            }));
    committed.await();

    replica.commit(product("slept", 2));
    assertThat(versions("slept", 2)).containsExactly(1L, 2L);
    await().until(() -> waiting() == 0);
    awake.countDown();
    sleeper.get();
    replica.commit(product("slept", 3));

    assertThat(versions("slept", 3)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void leavesLongAppendsToAScan() {
    double before = replica.direct();

    replica.commit(
        LongStream.rangeClosed(1, 40)
            .mapToObj(version -> product("long", version))
            .toArray(Message[]::new));

    assertThat(versions("long", 40)).isSorted();
    assertThat(replica.direct()).isEqualTo(before);
  }

  @Test
  void leavesLargeBodiesToTheLimitsOfAScan() {
    double before = replica.direct();

    replica.transaction.executeWithoutResult(_ ->
        replica.outbox.appendRows(
            List.of(new Row(Topics.CATALOGUE_EVENTS, "large", "{}", new byte[64 * 1024 + 1]))));

    await().until(() -> waiting() == 0);
    assertThat(replica.direct()).isEqualTo(before);
  }

  @Test
  void leavesARowThatKafkaRefusesToTheScanAndItsQuarantine() {
    start(SHORT);
    replica.transaction.executeWithoutResult(_ ->
        replica.outbox.appendRows(
            List.of(new Row(Topics.CATALOGUE_EVENTS, "refused", "no JSON", new byte[0]))));
    replica.commit(product("refused", 1));

    assertThat(versions("refused", 1)).containsExactly(1L);
    assertThat(replica.quarantine.count()).isEqualTo(1);
  }

  /** Two replicas of which one leads, threads of both, transactions that roll back. */
  @Test
  void keepsEachKeysOrderWhicheverReplicaCommits() throws Exception {
    createVersions("key-0");
    for (int key = 1; key < 4; key++) {
      replica.jdbc.sql("insert into version values (:sku, 0)").param("sku", "key-" + key).update();
    }
    try (var other = replica(HOURS)) {
      other.start();
      replica.notifications.start();
      List<Future<?>> writers = new ArrayList<>();
      for (int thread = 0; thread < 6; thread++) {
        var by = thread % 3 == 0 ? other : replica;
        var random = new SplittableRandom(thread);
        writers.add(
            threads.submit(() -> {
              for (int i = 0; i < 60; i++) {
                if (random.nextInt(6) == 0) { // or all commits would meet a backlog
                  await().until(() -> waiting() == 0);
                }
                bumpOrRollBack(by, "key-" + random.nextInt(4), random.nextInt(10) == 0);
              }
            }));
      }
      for (var writer : writers) {
        writer.get();
      }
      await().until(() -> waiting() == 0);
    }

    for (int key = 0; key < 4; key++) {
      var sku = "key-" + key;
      long last =
          replica
              .jdbc
              .sql("select version from version where sku = :sku")
              .param("sku", sku)
              .query(Long.class)
              .single();
      assertThat(firstDeliveries(sku, (int) last))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
    }
  }

  private static void bumpOrRollBack(Replica by, String sku, boolean rollBack) {
    by.transaction.executeWithoutResult(status -> {
      by.append(product(sku, nextVersion(by, sku)));
      if (rollBack) {
        status.setRollbackOnly();
      }
    });
  }

  private static void sleepAfterCommit(CountDownLatch committed, CountDownLatch awake) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
          }

          @Override
          public void afterCommit() {
            committed.countDown();
            awaitQuietly(awake);
          }
        });
  }

  /** The relay has removed all rows, and takes further ones. */
  private void settle() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> waiting() == 0 && replica.committed.isOpen());
  }
}
