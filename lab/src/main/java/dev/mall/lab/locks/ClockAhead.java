package dev.mall.lab.locks;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.locks.Exclusion.Attempt;
import dev.mall.lab.locks.provider.ShedLocks;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.ManualClock;
import dev.mall.lab.trial.Trial;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** A lock as a row with an expiry, compared with the clock of each worker or of the database. */
public final class ClockAhead implements Experiment {

  private static final Duration LEASE = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "locks/clock-ahead";
  }

  @Override
  public String title() {
    return "A worker whose clock is ahead sees every lease as ended";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A table can be a lock service: a row for each lock with the time until which it is locked. One conditional update acquires it, if
    this time is in the past, and sets a new one. ShedLock does so for scheduled jobs, in many databases, and asks for no server that
    an application does not have already.

    "In the past" needs a clock, and two of them are at hand. By default ShedLock compares and writes the time of the application. Then
    a lease is written by the clock of one machine and judged by that of another: a worker that is eleven minutes ahead takes every
    lock of ten minutes as soon as it looks, however new it is, and the leases of one that is behind end too early for all others.
    Clocks are usually right to a few milliseconds, until a time service stops, a virtual machine resumes from a snapshot, or a host
    starts with a wrong hardware clock.

    The other clock is the database's. If the statement itself computes the time, all workers share one clock, and their own do not
    matter. The lease still ends when its time is up, at work or not, so the jobs have to tolerate a second run.
    """;
  }

  @Override
  public String claim() {
    return "No worker acquires the lock within the ten minutes of another one's lease.";
  }

  @Override
  public String naive() {
    return "ShedLock as it is by default: each worker compares the row with its own clock.";
  }

  @Override
  public String remedy() {
    return "ShedLock with `usingDbTime`: the statement takes the time of the database.";
  }

  @Override
  public String conclusion() {
    return """
    A lease has one clock, and it belongs to the server that stores it. Never compare times of different machines to decide who may
    write.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Leases of the suite are on one clock: of Redis, or of the database",
            "common/locking/src/main/java/dev/mall/locking/RedisLeases.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to("ShedLock", "https://github.com/lukas-krecan/ShedLock"),
        Link.to(
            "Lamport: Time, clocks, and the ordering of events (1978)",
            "https://doi.org/10.1145/359545.359563"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var postgres = trial.node("PostgreSQL");
    var jdbc = new JdbcTemplate(trial.database().connections());
    jdbc.execute(ShedLocks.TABLE);
    var lockOfA = lock(half, "A", jdbc);
    var lockOfB = lock(half, "B", jdbc);
    var clockOfA = new ManualClock();
    var clockOfB = new ManualClock();
    trial.<AutoCloseable>opened(() -> ClockProvider.setClock(Clock.systemUTC()));

    a.call(postgres, "locks the job for 10 min", () -> acquire("A", lockOfA, clockOfA));
    a.hold();
    clockOfB.advance(Duration.ofMinutes(11));
    b.event("its clock is 11 min ahead");
    b.call(postgres, "locks the job for 10 min", () -> acquire("B", lockOfB, clockOfB));
  }

  @Override
  public List<Violation> judge(History history) {
    return Exclusion.violations(history);
  }

  private static JdbcTemplateLockProvider lock(Half half, String worker, JdbcTemplate jdbc) {
    var settings = Configuration.builder().withJdbcTemplate(jdbc).withLockedByValue(worker);
    return new JdbcTemplateLockProvider(
        half.isNaive() ? settings.forceUtcTimeZone().build() : settings.usingDbTime().build());
  }

  /** ShedLock has one clock in a JVM; the schedule sets it to that of the worker. */
  private static Attempt acquire(String worker, JdbcTemplateLockProvider lock, Clock clock) {
    ClockProvider.setClock(clock);
    var job = new LockConfiguration(ClockProvider.now(), "job", LEASE, Duration.ZERO);
    return new Attempt(worker, lock.lock(job).isPresent());
  }
}
