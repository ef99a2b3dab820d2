package dev.mall.lab.partitions;

import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import java.util.List;

/** Chapter 5: a network that is split. */
public final class PartitionsChapter {

  private PartitionsChapter() {}

  public static Chapter chapter() {
    return new Chapter(
        "partitions",
        "CAP and partitions",
        """
        While the network is split, a store refuses on one side or answers on both and repairs later. The choice belongs to the data: what
        merges may continue, what has an invariant must not. Convergence without knowledge of concurrency loses changes.
        """,
        List.of(new LostItem(), new RemovedItemReturns(), new QuorumReads(), new Strategies()),
        List.of(
            new Question(
                "Is a database CP or AP?",
                """
                That is asked of an operation, during a partition: one store may refuse a write, answer a read from an old copy and serve the
                larger side as if nothing were wrong. [Five strategies](partitions/strategies.md) on one partition show it.
                """),
            new Question(
                "Is last writer wins good enough?",
                """
                If a lost change does no harm. [A cart loses an item](partitions/lost-item.md) with clocks that are perfectly right.
                """),
            new Question(
                "When does a CRDT help?",
                """
                When all changes of both sides can be kept, as in [a set with removals](partitions/removed-item-returns.md). It cannot keep a limit
                over both sides.
                """),
            new Question(
                "Does R + W > N make a store linearizable?",
                """
                No. It makes reads meet the last acknowledged write; [R + W ≤ N does not even do that](partitions/quorum-reads.md). Unacknowledged
                writes may still appear and disappear.
                """)));
  }
}
