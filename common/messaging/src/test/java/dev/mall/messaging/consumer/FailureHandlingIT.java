package dev.mall.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.QueryTimeoutException;

/** Which failures are waited out, which make batches smaller, and which are a message's own. */
class FailureHandlingIT extends FailureFixture {

  @Test
  void finishesABatchThatTakesLongerThanTheDatabaseAllows() {
    var consumer =
        consumer(batch -> {
          jdbc.sql("select pg_sleep(:seconds)")
              .param("seconds", batch.size() * 0.005) // 80 fit into the statement timeout
              .query((_, _) -> 0)
              .list();
          handled.addAll(batch);
        });

    Redelivery.deliver(consumer, records(500), 10);

    assertThat(handled).containsExactlyElementsOf(LongStream.range(0, 500).boxed().toList());
    assertThat(state.limit().size()).isBetween(1, 80);
    assertThat(letters()).isEmpty();
  }

  @Test
  void growsBackToWholeBatchesWhenTheDatabaseIsFastAgain() {
    state.limit().exceeded(2);
    var consumer = consumer(handled::addAll);

    for (int poll = 0; poll < 40; poll++) {
      Redelivery.deliver(consumer, records(500), 1);
    }

    assertThat(state.limit().size()).isEqualTo(500);
  }

  @Test
  void repeatsNothingThatWasHandledWhereMessagesAreHandledOneByOne() {
    var single = new ConsumerProgress("single", 1, 1, 10, Duration.ofMillis(50), meters);
    var locked = new AtomicBoolean(true);
    var consumer =
        consumer(
            batch -> {
              if (batch.contains(3L) && locked.getAndSet(false)) {
                throw new QueryTimeoutException("a row is locked");
              }
              assertThat(batch).hasSize(1);
              handled.addAll(batch);
            },
            single.current());

    assertThat(Redelivery.deliverOnce(consumer, records(5))).isEqualTo(3);
    Redelivery.deliver(consumer, records(5).subList(3, 5), 1);

    assertThat(handled).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(letters()).isEmpty();
  }

  @Test
  void waitsOutARevokedPrivilegeAndDeadLettersNothing() {
    var consumer =
        consumer(batch -> {
          transaction.executeWithoutResult(_ ->
              jdbc.sql("update shelf set stock = stock + :n").param("n", batch.size()).update());
          handled.addAll(batch);
        });
    jdbc.sql("revoke update on shelf from " + database.name()).update();
    var load = CompletableFuture.runAsync(() -> deliverSlowly(consumer, records(1_000)));
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> state.pausedSeconds() > 5);
      assertThat(progress.view().reason()).contains("permission denied");
      assertThat(meters.get("mall.consumer.paused").gauge().value()).isGreaterThan(5);
    } finally {
      jdbc.sql("grant update on shelf to " + database.name()).update();
      load.join();
    }

    assertThat(handled).hasSize(1_000);
    assertThat(jdbc.sql("select stock from shelf").query(Integer.class).single()).isEqualTo(1_000);
    assertThat(letters()).isEmpty();
    assertThat(state.pausedSeconds()).isZero();
  }

  /** As a container would that polls a little at a time, until all are done. */
  private static void deliverSlowly(
      BatchConsumer<Long> consumer, List<ConsumerRecord<String, byte[]>> records) {
    for (int from = 0; from < records.size(); from += 50) {
      Redelivery.deliver(consumer, records.subList(from, from + 50), Integer.MAX_VALUE);
    }
  }

  @Test
  void pausesWhenAllFailAlikeAndGoesOnByItself() {
    var broken = new AtomicBoolean(true);
    var consumer =
        consumer(batch -> {
          if (broken.get()) {
            throw new IllegalStateException("a release with a bug");
          }
          handled.addAll(batch);
        });

    assertThat(Redelivery.deliverOnce(consumer, records(40))).isZero();
    assertThat(Redelivery.deliverOnce(consumer, records(40))).isZero();
    assertThat(letters()).isEmpty();
    assertThat(progress.view().reason())
        .contains("all messages fail alike", "a release with a bug");

    broken.set(false);
    Redelivery.deliver(consumer, records(40), 1);

    assertThat(handled).hasSize(40);
    assertThat(progress.view().reason()).isNull();
  }

  @Test
  void stopsDeadLetteringWhenMessagesThatComeOneByOneAllFailAlike() {
    var consumer =
        consumer(_ -> {
          throw new IllegalStateException("each of them");
        });

    var done =
        records(30).stream().filter(one -> Redelivery.deliverOnce(consumer, List.of(one)) == 1);

    assertThat(done).hasSize(9);
    assertThat(letters()).hasSize(9);
  }

  @Test
  void deadLettersAFloodOfPoisonWhenAGoodMessageShowsThatNothingElseIsBroken() {
    var consumer = consumer(batch -> handleAllBut(batch, offset -> offset < 40));

    Redelivery.deliver(consumer, records(41), 1);

    assertThat(handled).containsExactly(40L);
    assertThat(letters()).containsExactlyElementsOf(LongStream.range(0, 40).boxed().toList());
  }

  @Test
  void deadLettersAFloodOfNothingButPoisonWhenAnOperatorExcusesIt() {
    var consumer = consumer(batch -> handleAllBut(batch, _ -> true));
    assertThat(Redelivery.deliverOnce(consumer, records(30))).isZero();

    progress.excuse(30);
    Redelivery.deliver(consumer, records(30), 1);

    assertThat(letters()).containsExactlyElementsOf(LongStream.range(0, 30).boxed().toList());
  }

  @Test
  void givesUpAMessageThatWouldWaitIndefinitelyWhenAnOperatorExcusesIt() {
    var consumer =
        consumer(batch -> {
          if (batch.contains(0L)) {
            jdbc.sql("select * from there_is_no_such_table").query().listOfRows();
          }
          handled.addAll(batch);
        });
    assertThat(Redelivery.deliverOnce(consumer, records(3))).isZero();

    progress.excuse(1);
    Redelivery.deliver(consumer, records(3), 2);

    assertThat(letters()).containsExactly(0L);
    assertThat(handled).containsExactly(1L, 2L);
  }

  @Test
  void writesOneLetterForWhatIsUnreadableBesideABatchThatCannotProceed() {
    var locked = new AtomicBoolean(true);
    var consumer =
        consumer(batch -> {
          if (locked.get()) {
            throw new CannotAcquireLockException("a row is locked");
          }
          handled.addAll(batch);
        });
    var records = new ArrayList<>(records(3));
    records.set(1, unreadable(1, "key"));

    for (int poll = 0; poll < 10; poll++) {
      assertThat(Redelivery.deliverOnce(consumer, records)).isZero();
    }
    locked.set(false);
    Redelivery.deliver(consumer, records, 1);

    assertThat(letters()).containsExactly(1L);
    assertThat(handled).containsExactly(0L, 2L);
  }

  @Test
  void keepsWhereARecordWasIfTheDatabaseRefusesToKeepTheRecord() {
    jdbc.sql("alter table outbox add constraint no_odd_key check (key <> 'odd')").update();
    try {
      var records = new ArrayList<>(records(1));
      records.add(unreadable(1, "odd"));
      records.add(unreadable(2, "key"));

      Redelivery.deliver(consumer(handled::addAll), records, 1);
    } finally {
      jdbc.sql("alter table outbox drop constraint no_odd_key").update();
    }

    assertThat(letters()).containsExactly(1L, 2L);
    assertThat(jdbc.sql("select key from outbox order by number").query(String.class).list())
        .containsExactly("", "key");
    assertThat(handled).containsExactly(0L);
  }

  @Test
  void deadLettersTheMessageWhoseHandlingEndsInAnError() {
    var consumer =
        consumer(batch -> {
          if (batch.contains(1L)) {
            throw new StackOverflowError();
          }
          handled.addAll(batch);
        });

    Redelivery.deliver(consumer, records(3), 1);

    assertThat(letters()).containsExactly(1L);
    assertThat(handled).containsExactly(0L, 2L);
  }
}
