package dev.mall.lab.clocks;

import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import java.util.List;

/** Chapter 3: clocks, and the order of events. */
public final class ClocksChapter {

  private ClocksChapter() {}

  public static Chapter chapter() {
    return new Chapter(
        "clocks",
        "Clocks",
        """
        A wall clock shows people when; it does not show a system in which order. Orders come from chains that the system makes: a log, a lock, a
        message that names its cause. Logical clocks carry such a chain in a stamp, and a hybrid one keeps it near the time of day.
        """,
        List.of(new WallClockOrder(), new Concurrency(), new SnapshotAtTime(), new ClockKinds()),
        List.of(
            new Question(
                "May a timestamp order events?",
                """
                Within one process or one database whose clock does not go back, yes. Between machines no: clocks that differ by
                less than a second put [effects before their causes](clocks/wall-clock-order.md). Order by an offset, a version, or a
                logical clock.
                """),
            new Question(
                "Is the last write the one that should win?",
                """
                Only if "last" means something. Of [concurrent](clocks/concurrency.md) writes none is the last, and by wall clocks the winner is
                the machine whose clock is ahead. Let an owner order the writes, or keep both.
                """),
            new Question(
                "Which clock should a new system use?",
                """
                None, while a database or a partition orders what matters. Beyond that a [hybrid logical clock](clocks/snapshot-at-time.md), which
                is a timestamp in size and Lamport's clock in order; vectors only where [conflicts have to be found](clocks/kinds.md).
                """)));
  }
}
