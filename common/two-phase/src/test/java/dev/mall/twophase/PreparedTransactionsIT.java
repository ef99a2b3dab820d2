package dev.mall.twophase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.boot.actuate.endpoint.SecurityContext.NONE;

import dev.mall.messaging.consumer.failure.Failures;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import dev.mall.twophase.PreparedTransactions.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Commands one after the other, across restarts of process and server. */
class PreparedTransactionsIT extends PreparedTransactionsTests {

  @Test
  void theWorkIsSeenWhenItIsCommittedAndNotBefore() {
    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.PREPARED);
    assertThat(pieces()).isEqualTo(3);

    assertThat(transactions.commit(order)).contains(Outcome.COMMITTED);
    assertThat(pieces()).isEqualTo(2);
  }

  @Test
  void aRollbackLeavesNothingOfTheWork() {
    transactions.prepare(order, () -> take(1));

    assertThat(transactions.rollBack(order)).isEqualTo(Outcome.ROLLED_BACK);

    assertThat(pieces()).isEqualTo(3);
    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.ROLLED_BACK_BEFORE);
    assertThat(pieces()).isEqualTo(3);
  }

  @Test
  void aRefusalCommitsWhatTheWorkWroteInstead() {
    assertThat(
            transactions.prepare(
                order,
                () -> {
                  jdbc.sql("insert into shelf values ('refused', 0)").update();
                  return false;
                }))
        .isEqualTo(Vote.REFUSED);

    assertThat(jdbc.sql("select count(*) from shelf").query(Integer.class).single()).isEqualTo(2);
    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.ROLLED_BACK_BEFORE);
    assertThat(transactions.commit(order)).contains(Outcome.ROLLED_BACK);
  }

  @Test
  void everyCommandMayComeAgain() {
    transactions.prepare(order, () -> take(1));
    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.PREPARED);
    transactions.commit(order);

    assertThat(transactions.commit(order)).contains(Outcome.COMMITTED);
    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.COMMITTED_BEFORE);
    assertThat(transactions.rollBack(order)).isEqualTo(Outcome.COMMITTED);
    assertThat(pieces()).isEqualTo(2);
  }

  @Test
  void aRollbackThatComesBeforeThePreparationRefusesIt() {
    assertThat(transactions.rollBack(order)).isEqualTo(Outcome.ROLLED_BACK);

    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.ROLLED_BACK_BEFORE);
    assertThat(transactions.isPrepared(order)).isFalse();
  }

  @Test
  void aCommitOfWhatWasNeverPreparedIsNotTakenForDone() {
    assertThat(transactions.commit(order)).isEmpty();
  }

  @Test
  void aPreparedTransactionSurvivesItsProcess() {
    transactions.prepare(order, () -> take(1));

    restart();

    assertThat(transactions.olderThan(Duration.ZERO))
        .extracting(PreparedTransaction::orderId)
        .containsExactly(order);
    assertThat(transactions.olderThan(Duration.ofMinutes(1))).isEmpty();
    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.PREPARED);
    assertThat(transactions.commit(order)).contains(Outcome.COMMITTED);
    assertThat(pieces()).isEqualTo(2);
  }

  @Test
  void anOperatorMayDecideAndTheCoordinatorFindsOut() {
    var endpoint = new PreparedTransactionsEndpoint(transactions);
    assertThat(endpoint.decide(NONE, order, Outcome.COMMITTED, "grace", "too long").getStatus())
        .isEqualTo(404);
    transactions.prepare(order, () -> take(1));
    assertThat(endpoint.prepared().oldest())
        .extracting(PreparedTransaction::orderId)
        .containsExactly(order);
    assertThatThrownBy(() -> endpoint.decide(NONE, order, Outcome.ROLLED_BACK, " ", "too long"))
        .isInstanceOf(InvalidEndpointRequestException.class);
    assertThatThrownBy(() -> endpoint.decide(NONE, order, Outcome.ROLLED_BACK, null, "too long"))
        .isInstanceOf(InvalidEndpointRequestException.class);
    assertThatThrownBy(() -> endpoint.decide(NONE, order, Outcome.ROLLED_BACK, "grace", " "))
        .isInstanceOf(InvalidEndpointRequestException.class);

    assertThat(endpoint.decide(NONE, order, Outcome.ROLLED_BACK, "grace", "too long").getBody())
        .isEqualTo(Outcome.ROLLED_BACK);

    assertThat(transactions.commit(order)).contains(Outcome.ROLLED_BACK);
    assertThat(pieces()).isEqualTo(3);
    assertThat(
            jdbc.sql(
                    """
                    select concat_ws(' ', wanted, outcome, who, why) from two_phase_heuristic
                     where order_id = :order
                    """)
                .param("order", order)
                .query(String.class)
                .list())
        .containsExactly("ROLLED_BACK ROLLED_BACK grace too long");
  }

  /** The coordinator may still come for the vote of this participant. */
  @Test
  void aRollbackByHandRefusesAPreparationThatComesLater() {
    assertThat(transactions.decideByHand(order, Outcome.ROLLED_BACK, "grace", "the other is, too"))
        .contains(Outcome.ROLLED_BACK);

    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.ROLLED_BACK_BEFORE);
    assertThat(pieces()).isEqualTo(3);
  }

  @Test
  void aDecisionByHandThatComesTooLateReportsTheCoordinators() {
    transactions.prepare(order, () -> take(1));
    transactions.commit(order);

    assertThat(transactions.decideByHand(order, Outcome.ROLLED_BACK, "grace", "too long"))
        .contains(Outcome.COMMITTED);

    assertThat(
            jdbc.sql("select outcome from two_phase_heuristic where order_id = :order")
                .param("order", order)
                .query(String.class)
                .list())
        .containsExactly("COMMITTED");
  }

  @Test
  void anIdentifierThatNamesNoOrderHidesNoOther() {
    transactions.prepare(order, () -> take(1));
    var odd =
        "mall:%s:odd".formatted(jdbc.sql("select current_database()").query(String.class).single());
    jdbc.sql("begin; prepare transaction '%s'".formatted(odd)).update();
    try {
      assertThat(transactions.olderThan(Duration.ZERO))
          .extracting(PreparedTransaction::orderId)
          .containsExactly(order);
    } finally {
      jdbc.sql("rollback prepared '%s'".formatted(odd)).update();
    }
  }

  @Test
  void noListenerTakesAPreparedTransactionForCommitted() {
    var completions = new ArrayList<Integer>();
    transactions.prepare(
        order,
        () -> {
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                  completions.add(status);
                }
              });
          return take(1);
        });

    assertThat(completions).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
  }

  /** One participant could take them all, and wait for the vote of another that has none left. */
  @Test
  void aThirdOfTheServersPreparedTransactionsIsTheMost() {
    int most =
        jdbc.sql("select current_setting('max_prepared_transactions')::int / 3")
            .query(Integer.class)
            .single();
    for (int i = 1; i < most; i++) {
      transactions.prepare(anOrder(), () -> true);
    }
    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.PREPARED);

    long next = anOrder();
    assertThatThrownBy(() -> transactions.prepare(next, () -> take(1)))
        .hasMessageContaining("max_prepared_transactions")
        .satisfies(full -> assertThat(Failures.isEnvironment(full)).isTrue());
    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.PREPARED);

    transactions.commit(order);
    assertThat(transactions.prepare(next, () -> take(1))).isEqualTo(Vote.PREPARED);
  }

  @Test
  void databasesOfOneServerDoNotMeet() {
    var neighbour = TestDatabase.create("two_phase_neighbour");
    try (var other = neighbour.pool(1)) {
      migrate(other);
      var its = transactionsOf(other);
      transactions.prepare(order, () -> take(1));

      assertThat(its.isPrepared(order)).isFalse();
      assertThat(its.olderThan(Duration.ZERO)).isEmpty();
      assertThat(its.rollBack(order)).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(transactions.isPrepared(order)).isTrue();
    }
  }

  @Test
  void aServerThatRestartsHasItsPreparedTransactionsAgain() {
    var server = Infrastructure.newPostgres();
    server.start();
    try {
      server.createDatabase("restarted");
      migrate(server.dataSource("restarted"));
      transactionsOf(server.dataSource("restarted")).prepare(order, () -> true);
      server.restart();

      assertThat(transactionsOf(server.dataSource("restarted")).commit(order))
          .contains(Outcome.COMMITTED);
    } finally {
      server.close();
    }
  }
}
