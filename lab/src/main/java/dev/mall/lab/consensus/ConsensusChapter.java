package dev.mall.lab.consensus;

import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import java.util.List;

/** Chapter 4: several servers that agree. */
public final class ConsensusChapter {

  private ConsensusChapter() {}

  public static Chapter chapter() {
    return new Chapter(
        "consensus",
        "Consensus",
        """
        Agreement by a majority survives the loss of a minority and refuses to work without a majority; both follow from the same
        arithmetic. Know which servers have a write when it is acknowledged and how the store answers reads, and use a store that exists:
        Raft is small, its corner cases are not.
        """,
        List.of(
            new LeaderKilled(),
            new MinorityRefuses(),
            new StaleFollowerRead(),
            new QuorumArithmetic()),
        List.of(
            new Question(
                "Is replication the same as consensus?",
                """
                No. Replication copies; consensus decides what is true when the copies differ. A replica that is promoted without a majority
                [loses acknowledged writes](consensus/leader-killed.md) or [makes a second primary](consensus/minority-refuses.md).
                """),
            new Question(
                "Why three or five servers, and not two or four?",
                """
                Two bear no failure, because a majority of two is two. Four bear one, as three do, and need a larger quorum:
                [quorum arithmetic](consensus/quorum-arithmetic.md).
                """),
            new Question(
                "Are reads from a Raft store current?",
                """
                Only if the server makes sure that it has everything, by a read index or a lease:
                [a follower that answers from its copy](consensus/stale-follower-read.md). The same holds for a leader that was replaced and has
                not noticed.
                """),
            new Question(
                "A write timed out. Did it happen?",
                """
                Unknown: it may have, may do so later, or never. Ask again with the same number of the request, so that it takes effect once:
                [a partition](consensus/minority-refuses.md).
                """)));
  }
}
