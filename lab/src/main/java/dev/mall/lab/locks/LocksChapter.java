package dev.mall.lab.locks;

import dev.mall.lab.locks.comparison.LockProviders;
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
        List.of(
            new LeaseExpiry(),
            new ReleaseByAnother(),
            new WatchdogRenewal(),
            new ServerRestartedEmpty(),
            new NodeLost(),
            new RedlockClockJump(),
            new ClockAhead(),
            new Herd(),
            new WithoutALock(),
            new LockProviders()),
        List.of(
            new Question(
                "Is a lock in Redis enough?",
                """
                To save duplicated work, yes. For correctness only together with a check in the store that is protected, since a holder may be
                paused beyond its lease: [lease expiry](locks/lease-expiry.md). The check needs a token from the store itself, because Redis
                may [return empty](locks/server-restarted-empty.md).
                """),
            new Question(
                "Redis or ZooKeeper?",
                """
                Redis if the lock saves work: it is fast, and a lock that is lost in a [failover](locks/node-lost.md) costs a second run.
                ZooKeeper, etcd or Consul if few locks are held for long and their loss is expensive: a lock is stored by a majority, and
                waiters [stand in line](locks/herd.md). Both need a fencing token against a paused holder; ZooKeeper has one
                in each node. [The table](locks/providers.md) has the rest.
                """),
            new Question(
                "Is Redlock safer than one Redis?",
                """
                Against a lost server, yes; against a wrong clock, no: [one jump](locks/redlock-clock-jump.md) gives it two holders. Redisson
                has deprecated it.
                """),
            new Question(
                "How long should a lease be?",
                """
                As long as others may wait after a crash. A [watchdog](locks/watchdog-renewal.md) renews it for the length of the work, which
                has a timeout of its own.
                """),
            new Question(
                "When is no lock needed at all?",
                """
                When the store can refuse the wrong write: by a condition in the statement, a version column, a unique constraint.
                [One update](locks/without-a-lock.md) is correct where a lock with a lease is not.
                """),
            new Question(
                "Is a table with an expiry a lock?",
                """
                Yes, with the lease of a lock in Redis and the durability of a database. It has to take the time from the database:
                [a worker whose clock is ahead](locks/clock-ahead.md) takes every lock.
                """)));
  }
}
