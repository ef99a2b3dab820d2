package dev.mall.lab.transactions;

import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import java.util.List;

/** Chapter 10: transactions, in one database and across two. */
public final class TransactionsChapter {

  private TransactionsChapter() {}

  public static Chapter chapter() {
    return new Chapter(
        "transactions",
        "Transactions",
        """
        In one database, isolation is a choice per transaction, and the default lets a lost update through: write with a condition, lock the row, or run
        SERIALIZABLE with a retry. Across databases atomicity has to be paid for: two-phase commit with locks that wait for a coordinator, a saga
        with states that others can see. A saga is isolated by the application, by marks, by the order of its steps and by conditions on each write.
        """,
        List.of(
            new LostUpdate(),
            new WriteSkew(),
            new IsolationMatrix(),
            new PriceOfIsolation(),
            new BlockedByCoordinator(),
            new DirtyReadOfAHold(),
            new PessimisticView(),
            new Reread()),
        List.of(
            new Question(
                "2PC or saga or TCC?",
                """
                A saga, unless one of its intermediate states must not be seen. If it must not, and the participant can hold a resource
                under a mark that expires, TCC: a saga with a [semantic lock](transactions/dirty-read-of-a-hold.md) on every step. Two-phase commit
                only among a few databases of one owner, with little contention and an operator who watches transactions in doubt: a row is locked from the vote to the
                decision, and [for as long as the coordinator is down](transactions/blocked-by-coordinator.md). The
                [checkout modes](../checkout-modes.md#which-one) have all of them side by side, with their speed and their behaviour under faults.
                """),
            new Question(
                "Is SERIALIZABLE too slow?",
                """
                Rarely for transactions that touch few rows by index and seldom the same ones; on a hot row its retries cost more than a lock does:
                [the price of isolation](transactions/price-of-isolation.md). It is no replacement for a retry, since any statement and the
                commit may fail with 40001, and it protects only against transactions that are SERIALIZABLE, too:
                [write skew](transactions/write-skew.md).
                """),
            new Question(
                "Does a transaction not prevent lost updates?",
                """
                Not at READ COMMITTED, which is the default of PostgreSQL, Oracle and SQL Server: [lost update](transactions/lost-update.md). The
                [matrix](transactions/isolation.md) shows which level prevents which anomaly.
                """),
            new Question(
                "How is a saga isolated?",
                """
                By three countermeasures, in this order: arrange the steps so that a failure has given nothing
                ([pessimistic view](transactions/pessimistic-view.md)), write only where the state is as it was read ([reread](transactions/reread.md)),
                and mark preliminary states where a reader could be misled ([semantic lock](transactions/dirty-read-of-a-hold.md)).
                """)));
  }
}
