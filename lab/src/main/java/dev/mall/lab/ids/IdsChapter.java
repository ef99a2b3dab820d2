package dev.mall.lab.ids;

import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import java.util.List;

/** Chapter 2: ids that several workers make. */
public final class IdsChapter {

  private IdsChapter() {}

  public static Chapter chapter() {
    return new Chapter(
        "ids",
        "Ids",
        """
        Unique ids come from random bits, from a worker's number and a count, or from a shared counter. Each relies on a promise: of the random
        source, of the clock and of the owner of the numbers, of the counter's disk. Know which one, and who keeps it when a process restarts.
        """,
        List.of(
            new ClockGoesBack(),
            new TwoWorkersOneNumber(),
            new LostCounter(),
            new IdKinds(),
            new MillionInserts()),
        List.of(
            new Question(
                "Snowflake or UUIDv7?",
                """
                UUIDv7, unless the size of the key matters: it has no worker number that two replicas may
                [share](ids/two-workers-one-number.md), and 74 random bits instead of a promise about [the clock](ids/clock-goes-back.md). Snowflake fits
                into 64 bits; where an id is in every index, message and log line, half the size is worth a table of leases. Both grow, so
                [inserts](ids/million-inserts.md) cost much the same.
                """),
            new Question(
                "Why not simply a sequence?",
                """
                Within one database a sequence is the best of [all kinds](ids/kinds.md): small, dense, durable. It needs that database before the row is written:
                a client cannot name what it is about to create, so a retry creates it twice, and a second database needs a second range.
                """),
            new Question(
                "Do ids show the order in which rows were written?",
                """
                No. Ids grow per worker; between workers they follow [clocks that jump](ids/clock-goes-back.md) or segments, and a sequence is drawn before the commit. Use an id to page, and
                a version or a sequence under a row lock where the order counts.
                """)));
  }
}
