package dev.mall.saga.runtime;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.saga.runtime.store.StoredSaga;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Batches of signals on a real database, without Kafka's consumers and without timers. */
class SagaRunnerIT extends RunnerFixture {

  @Test
  void needsNoMoreStatementsForManyThanForFew() throws Exception {
    var few = mixed(3);
    var many = mixed(300);

    assertThat(statements(few)).isEqualTo(6);
    assertThat(statements(many)).isEqualTo(6);
  }

  @Test
  void takesABatchInTheOrderItCame() {
    long order = newOrder();

    runner.handle(
        List.of(
            placed(order),
            answer(order, "reserve", stockReserved()),
            placed(order),
            answer(order, "reserve", outOfStock()),
            answer(order, "pay", paymentCharged())));

    assertThat(column("step", order)).isEqualTo("commit");
    assertThat(column("lines", order)).isEqualTo(3);
    assertThat(sent(order)).containsExactly("ReserveStock", "ChargePayment", "CommitReservation");
  }

  @Test
  void keepsASagaAsItIs() {
    long order = newOrder();
    runner.handle(List.of(placed(order), answer(order, "reserve", stockReserved())));

    var loaded = inTransaction(() -> locked(order)).getFirst();
    inTransaction(() -> {
      sagas.update(List.of(loaded));
      return null;
    });

    assertThat(inTransaction(() -> locked(order))).containsExactly(loaded);
    assertThat(loaded.origin().event()).isEqualTo(anOrder(order));
  }

  @Test
  void refusesToStartASagaThatAnotherReplicaStarted() {
    long order = newOrder();
    runner.handle(List.of(placed(order)));
    var theirs = inTransaction(() -> locked(order));

    assertThatThrownBy(() ->
            inTransaction(() -> {
              sagas.insert(theirs);
              return null;
            }))
        .isInstanceOf(StaleWriteException.class);
  }

  @Test
  void doesNothingWhenPartOfABatchCannotBeDone() {
    long order = newOrder();
    long broken = newOrder();
    runner.handle(List.of(placed(broken)));
    jdbc.sql("update saga set step = 'nowhere' where order_id = ?").param(broken).update();

    assertThatThrownBy(
            () -> runner.handle(List.of(placed(order), answer(broken, "nowhere", stockReserved()))))
        .isInstanceOf(IllegalStateException.class);

    assertThat(
            jdbc.sql("select count(*) from saga where order_id = ?")
                .param(order)
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(sent(order)).isEmpty();
  }

  /** New orders and replies, shuffled; a third each of begun, known and repeated. */
  private static List<SagaSignal> mixed(int size) {
    var known = LongStream.range(0, size / 3).mapToObj(_ -> newOrder()).toList();
    runner.handle(known.stream().map(RunnerFixture::placed).toList());
    var batch = new ArrayList<SagaSignal>();
    for (long order : known) {
      batch.add(placed(newOrder()));
      batch.add(answer(order, "reserve", stockReserved()));
      batch.add(placed(order));
    }
    Collections.shuffle(batch, new Random(size));
    return batch;
  }

  private static int statements(List<SagaSignal> batch) throws Exception {
    return counted(() -> runner.handle(batch));
  }

  private static List<SagaInstance> locked(long order) {
    return sagas.locked(List.of(order)).stream()
        .map(stored -> ((StoredSaga.Open) stored).saga())
        .toList();
  }
}
