package dev.mall.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.contracts.Command.TransactionCommand;
import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.PrepareStock;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.DecisionAwaited.Participant;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.Reply.TransactionReply.DecisionRefused;
import dev.mall.contracts.Reply.TransactionReply.PrepareRefused;
import dev.mall.contracts.Reply.TransactionReply.TransactionCommitted;
import dev.mall.contracts.Reply.TransactionReply.TransactionPrepared;
import dev.mall.contracts.Reply.TransactionReply.TransactionRolledBack;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.consumer.failure.Failures;
import dev.mall.testing.messages.SentCommands;
import dev.mall.twophase.PreparedTransactions;
import dev.mall.twophase.TransactionParticipant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Sales by two-phase commit, their commands through Kafka. */
class PreparedSalesIT extends StockServiceTests {

  @Autowired ApplicationContext service;
  @Autowired TransactionParticipant participant;
  @Autowired PrepareSales sales;
  @Autowired PreparedTransactions prepared;

  @AfterEach
  void nothingIsLeftPrepared() {
    assertThat(prepared.olderThan(Duration.ZERO)).isEmpty();
  }

  @Test
  void sellsWhenTheDecisionIsToCommitAndNotBefore() {
    var tea = aProductWith(3);
    long order = anOrder();

    send(prepare(order, tea, 2));
    assertThat(replies.one(preparation(order))).isInstanceOf(TransactionPrepared.class);
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 3, 0, 3, 0));
    send(commit(order));

    assertThat(replies.one(commit(order).step())).isInstanceOf(TransactionCommitted.class);
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 1, 0, 3, 2));
    assertThat(state(order)).isEqualTo("COMMITTED");
  }

  @Test
  void leavesNoTraceOfASaleThatIsRolledBack() {
    var tea = aProductWith(3);
    long order = anOrder();

    send(prepare(order, tea, 2));
    replies.one(preparation(order));
    send(rollBack(order));

    assertThat(replies.one(rollBack(order).step())).isInstanceOf(TransactionRolledBack.class);
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 3, 0, 3, 0));
    assertThat(reservationsOf(order)).isZero();
  }

  @Test
  void votesAgainstWhatIsShortAndHoldsNothing() {
    var tea = aProductWith(1);
    long order = anOrder();

    send(prepare(order, tea, 2), prepare(order, tea, 2));

    assertThat(replies.await(2, preparation(order))).hasOnlyElementsOfType(OutOfStock.class);
    assertThat(prepared.isPrepared(order)).isFalse();
    assertThat(reservationsOf(order)).isZero();
  }

  @Test
  void repeatsTheSameAnswerToEachCommandThatComesAgain() {
    var tea = aProductWith(3);
    long order = anOrder();

    send(prepare(order, tea, 2), prepare(order, tea, 2));
    assertThat(replies.await(2, preparation(order)))
        .hasOnlyElementsOfType(TransactionPrepared.class);
    send(commit(order), commit(order), prepare(order, tea, 2));

    assertThat(replies.await(2, commit(order).step()))
        .hasOnlyElementsOfType(TransactionCommitted.class);
    assertThat(replies.await(3, preparation(order)))
        .hasOnlyElementsOfType(TransactionPrepared.class);
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 1, 0, 3, 2));
  }

  @Test
  void refusesToPrepareWhatWasRolledBackBefore() {
    var tea = aProductWith(3);
    long order = anOrder();

    send(rollBack(order));
    replies.one(rollBack(order).step());
    send(prepare(order, tea, 2));

    assertThat(replies.one(preparation(order))).isInstanceOf(PrepareRefused.class);
    assertThat(level(tea).onHand()).isEqualTo(3);
  }

  @Test
  void reportsThatADecisionComesTooLate() {
    var tea = aProductWith(3);
    long committed = anOrder();
    long rolledBack = anOrder();
    participant.prepare(SentCommands.received(prepare(committed, tea, 1)), sales::prepare);
    prepared.commit(committed);
    participant.prepare(SentCommands.received(prepare(rolledBack, tea, 1)), sales::prepare);
    prepared.rollBack(rolledBack);

    send(rollBack(committed), commit(rolledBack));

    assertThat(replies.one(rollBack(committed).step()))
        .isEqualTo(new DecisionRefused(rollBack(committed).step(), true));
    assertThat(replies.one(commit(rolledBack).step()))
        .isEqualTo(new DecisionRefused(commit(rolledBack).step(), false));
  }

  /** The vote's transaction is the second one: a crash before it leaves a prepared transaction. */
  @Test
  void votesAgainAfterACrashBetweenPreparationAndVote() {
    var tea = aProductWith(3);
    long order = anOrder();
    prepared.prepare(order, () -> sales.prepare(prepare(order, tea, 2)).isEmpty());

    send(prepare(order, tea, 2));

    assertThat(replies.one(preparation(order))).isInstanceOf(TransactionPrepared.class);
    send(commit(order));
    replies.one(commit(order).step());
    assertThat(level(tea).sold()).isEqualTo(2);
  }

  /** Each waits for the one before it, and none is given up. */
  @Test
  void manyOrdersForOneProductAreSoldOneAfterTheOther() {
    var tea = aProductWith(12);
    var orders = new ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      orders.add(anOrder());
    }
    send(orders.stream().map(order -> prepare(order, tea, 1)).toArray(TransactionCommand[]::new));

    var decided = new ArrayList<Long>();
    while (decided.size() < 12) {
      replies.await(1, anyOf(orders, decided));
      orders.stream()
          .filter(order -> !decided.contains(order) && votedFor(order))
          .toList()
          .forEach(order -> {
            decided.add(order);
            send(commit(order));
          });
    }

    replies.await(1, orders.stream().map(PreparedSalesIT::preparation));
    assertThat(orders.stream().filter(this::votedFor)).hasSize(12);
    replies.await(1, decided.stream().map(order -> commit(order).step()));
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 0, 0, 12, 12));
  }

  /** Its vote was lost, and the consumer that would repeat it waits for the lock that it holds. */
  @Test
  void asksForADecisionAlthoughItsConsumerWaitsForTheLock() {
    var tea = aProductWith(3);
    long order = anOrder();
    long next = anOrder();
    prepared.prepare(order, () -> sales.prepare(prepare(order, tea, 2)).isEmpty());
    send(prepare(next, tea, 1));

    assertThat(events.await(2, DecisionAwaited.class, order))
        .containsOnly(new DecisionAwaited(order, Participant.STOCK));
    assertThat(replies.to(preparation(next))).isEmpty();

    send(commit(order));
    assertThat(replies.one(preparation(next))).isInstanceOf(TransactionPrepared.class);
    send(commit(next));
    replies.one(commit(next).step());
    assertThat(level(tea).sold()).isEqualTo(3);
  }

  /** A batch of another mode waits for the lock, fails as a timeout, and succeeds afterwards. */
  @Test
  void anotherModesBatchIsRetriedAndNotGivenUp() {
    var tea = aProductWith(3);
    long order = anOrder();
    long other = anOrder();
    participant.prepare(SentCommands.received(prepare(order, tea, 2)), sales::prepare);

    assertThatThrownBy(() -> handle(StockFixtures.reserve(other, StockFixtures.line(tea, 1))))
        .satisfies(
            failure -> assertThat(Failures.kindOf(failure)).isEqualTo(Failures.Kind.TIMEOUT));

    send(commit(order));
    replies.one(commit(order).step());
    assertThat(handle(StockFixtures.reserve(other, StockFixtures.line(tea, 1))))
        .isInstanceOf(StockReserved.class);
    handle(StockFixtures.release(other));
  }

  private Stream<StepKey> anyOf(List<Long> orders, List<Long> but) {
    // the first whose vote is there, or the first of all to wait for
    var open = orders.stream().filter(order -> !but.contains(order)).toList();
    return open.stream()
        .filter(this::votedFor)
        .findFirst()
        .or(() -> open.stream().filter(prepared::isPrepared).findFirst())
        .map(PreparedSalesIT::preparation)
        .stream();
  }

  private boolean votedFor(long order) {
    return replies.to(preparation(order)).stream().anyMatch(TransactionPrepared.class::isInstance);
  }

  private int reservationsOf(long order) {
    return jdbc.sql("select count(*) from reservation where order_id = :order")
        .param("order", order)
        .query(Integer.class)
        .single();
  }

  private void send(TransactionCommand... commands) {
    SentCommands.send(service, List.of(commands));
  }

  private static StepKey preparation(long order) {
    return new StepKey(order, "prepare-stock", 1);
  }

  private static PrepareStock prepare(long order, String sku, int quantity) {
    return new PrepareStock(
        preparation(order), "customer-of-" + order, List.of(StockFixtures.line(sku, quantity)));
  }

  private static CommitStock commit(long order) {
    return new CommitStock(new StepKey(order, "commit-stock", 1));
  }

  private static RollBackStock rollBack(long order) {
    return new RollBackStock(new StepKey(order, "roll-back-stock", 1));
  }
}
