package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.outbox.relay.OutboxStore.ScanRange;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Statements of a relay for few messages, and rows that were sent and not yet removed. */
class RelayRoundsIT extends OutboxFixture {

  @Test
  void needsOneStatementForEachOfSeveralMessages() throws Exception {
    warmUp();
    for (int i = 1; i <= 5; i++) {
      replica.commit(product("one-by-one", i));

      var statements = replica.statements.during(replica::drain);

      assertThat(statements).as("message %d", i).hasSize(1);
      assertThat(waiting()).as("the message before is removed").isEqualTo(1);
    }
    assertThat(versions("one-by-one", 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void removesAfterAllWavesOfAKey() throws Exception {
    warmUp();
    replica.commit(product("waves", 1), product("waves", 2), product("waves", 3));

    assertThat(replica.statements.during(replica::drain)).hasSize(1);
    assertThat(replica.statements.during(replica::drain)).hasSize(1);

    assertThat(waiting()).isZero();
    assertThat(versions("waves", 3)).containsExactly(1L, 2L, 3L);
  }

  /** As often as it renews its lease, three times in {@link #LEASE}, after the first scans. */
  @Test
  void scansSeldomWhileNothingIsCommitted() {
    replica.relay.start();
    await().until(() -> scansOfTheRelay() > 0);
    var start = System.nanoTime();

    await().until(() -> scansOfTheRelay() >= 12);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(SHORT.multipliedBy(18));
  }

  @Test
  void sendsNoRowAgainWhoseRemovalFailed() throws Exception {
    warmUp();
    replica.commit(product("stuck", 1));
    replica.drain();
    refuseRemovals();
    replica.commit(product("stuck", 2));
    assertThatThrownBy(replica::drain).isInstanceOf(DataAccessException.class);
    assertThat(waiting()).isEqualTo(2);

    replica.jdbc.sql("drop trigger refuse on outbox").update();
    replica.drainAll();

    assertThat(versions("stuck", 2)).containsExactly(1L, 2L);
  }

  @Test
  void leavesNoSentRowToItsSuccessor() {
    replica.close();
    replica = replica(HOURS);
    replica.relay.start();
    replica.commit(product("left", 1));
    servers.read(Topics.CATALOGUE_EVENTS, seen -> keysOf(seen).contains("left"));

    replica.relay.stop();

    assertThat(waiting()).isZero();
  }

  @Test
  void readsPastTheRowsThatItRemoves() {
    IntStream.rangeClosed(1, 4).forEach(i -> insert("free", "a"));

    var left = replica.store.remove(List.of(1L, 3L), new ScanRange(0, 1000, 8_000_000, Set.of()));

    assertThat(left).extracting(Waiting::number).containsExactly(2L, 4L);
    assertThat(scan()).extracting(Waiting::number).containsExactly(2L, 4L);
  }

  /** The removed row still shows in the snapshot of the scan, and holds up nothing. */
  @Test
  void holdsNoKeyBehindARowOfAHeldTopicThatItRemoves() {
    insert("held", "a");
    insert("free", "a");
    insert("held", "b");
    insert("free", "b");

    var left = replica.store.remove(List.of(1L), new ScanRange(0, 1000, 8_000_000, Set.of("held")));

    assertThat(left).extracting(Waiting::number).containsExactly(2L);
  }

  /** The producer is connected and knows the topic, and the outbox is empty. */
  private void warmUp() {
    replica.commit(product("warm-up", 1));
    replica.drainAll();
  }

  private void refuseRemovals() {
    replica
        .jdbc
        .sql(
            """
            create function refuse() returns trigger language plpgsql as $$
            begin raise exception 'no removal'; end $$
            """)
        .update();
    replica
        .jdbc
        .sql("create trigger refuse before delete on outbox for each row execute function refuse()")
        .update();
  }
}
