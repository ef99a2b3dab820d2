package dev.mall.lab.locks;

import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import java.util.List;

/** Chapter 1: mutual exclusion between processes. */
public final class LocksChapter {

  private LocksChapter() {}

  public static Chapter chapter() {
    return new Chapter(
        "locks",
        "Locks",
        """
        A lock with a lease limits contention; it does not exclude, because a paused holder outlives its lease without noticing. Let the
        store that is protected reject old fencing tokens, and a lost lock costs time instead of data.
        """,
        List.of(new LeaseExpiry()),
        List.of(
            new Question(
                "Is a lock in Redis enough?",
                """
                To save duplicated work, yes. For correctness only together with a check in the store that is protected, since a holder may be
                paused beyond its lease: [lease expiry](locks/lease-expiry.md).
                """)));
  }
}
