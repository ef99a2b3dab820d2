package dev.mall.lab.ids;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.ids.Snowflake.ClockBack;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.ManualClock;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Trial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A time server sets the clock of Snowflake generators back, and time passes twice. */
public final class ClockGoesBack implements Experiment {

  private static final Duration JUMP = Duration.ofMillis(10);
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant START = EPOCH.plusMillis(500);

  /** The outcome of a request for an id. */
  private record Made(OptionalLong id) {
    @Override
    public String toString() {
      return id.isEmpty()
          ? "refused"
          : "%d ms, sequence %d"
              .formatted(Snowflake.time(id.getAsLong()), Snowflake.sequence(id.getAsLong()));
    }
  }

  @Override
  public String name() {
    return "ids/clock-goes-back";
  }

  @Override
  public String title() {
    return "A clock goes back under Snowflake ids";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    A Snowflake id is a time, the number of the worker that made it, and a count within the millisecond. It needs no message and no disk,
    because it relies on two promises: worker numbers differ, and each worker's clock only grows. Wall clocks do not keep the second one.
    A time server steps them when they have drifted too far, a virtual machine resumes with the time of its snapshot, and an operator
    corrects a mistake. The milliseconds between then come a second time, and with them the same ids.

    A generator that remembers the time of its last id notices. It has three answers. It can **wait** until the clock has caught up:
    ids stay true to the time, and callers stand still for as long as the jump was. It can **borrow**: it goes on in the time of the last
    id, 4096 ids per millisecond, ahead of the clock; callers notice nothing, and the ids' times are wrong meanwhile. Or it can **refuse**,
    so that the caller asks another worker. The three differ in the price, not in the safety.

    None helps a worker that was restarted while its clock was back: its memory is empty. Therefore the suite keeps the time up to which
    a worker may have made ids in the database, beside the lease of the worker's number. It waits for a jump of up to 100 ms; after a longer one
    it takes another worker number, and makes ids at once.
    """;
  }

  @Override
  public String claim() {
    return "A worker makes no id twice.";
  }

  @Override
  public String naive() {
    return "All three workers trust the clock.";
  }

  @Override
  public String remedy() {
    return "Worker 1 waits until the clock has caught up, worker 2 borrows from the time ahead of it, worker 3 refuses.";
  }

  @Override
  public String conclusion() {
    return """
    Wait for jumps that are shorter than the patience of a caller, such as the slew of a time server. For longer ones take another worker
    number, or refuse and let another worker answer; borrowing is right where an id's time means nothing. Keep the last time where a restart finds it.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "IdGenerator waits, then takes another worker number",
            "common/identifiers/src/main/java/dev/mall/identifiers/IdGenerator.java"),
        Link.to("ADR 6: ids under a leased worker", "docs/adr/0006-ids-under-a-leased-worker.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Twitter: Snowflake (2010)",
            "https://github.com/twitter-archive/snowflake/tree/snowflake-2010"),
        Link.to(
            "RFC 9562, section 6.2: monotonicity and counters, clock rollback",
            "https://www.rfc-editor.org/rfc/rfc9562#section-6.2"));
  }

  @Override
  public void run(Half half, Trial trial) throws InterruptedException {
    var waiting = new Worker(trial.node("worker 1"), 1, answer(half, ClockBack.WAIT));
    var borrowing = new Worker(trial.node("worker 2"), 2, answer(half, ClockBack.BORROW));
    var refusing = new Worker(trial.node("worker 3"), 3, answer(half, ClockBack.REFUSE));
    var timeServer = trial.node("time server");
    var workers = List.of(waiting, borrowing, refusing);

    workers.forEach(Worker::makesAnId);
    workers.forEach(worker -> worker.clock.advance(JUMP.negated()));
    timeServer.event("sets all clocks back, from 500 ms to 490 ms");
    int looks = waiting.looks.get();
    var pending = waiting.node.begin("makes an id", waiting::next);
    trial.await("worker 1 has looked at its clock", () -> waiting.looks.get() > looks);
    borrowing.makesAnId();
    refusing.makesAnId();
    workers.forEach(worker -> worker.clock.advance(JUMP));
    timeServer.event("10 ms later all clocks show 500 ms again");
    pending.end();
    workers.forEach(Worker::makesAnId);
  }

  @Override
  public List<Violation> judge(History history) {
    var made = history.facts(Made.class).stream().filter(f -> f.value().id().isPresent()).toList();
    return made.stream()
        .flatMap(again ->
            made.stream()
                .filter(first -> first.event().number() < again.event().number())
                .filter(first -> first.value().equals(again.value()))
                .map(first ->
                    Violation.of(
                        "Id %d was made twice by %s"
                            .formatted(first.value().id().getAsLong(), first.event().node()),
                        first,
                        again)))
        .toList();
  }

  private static ClockBack answer(Half half, ClockBack remedy) {
    return half.isNaive() ? ClockBack.IGNORE : remedy;
  }

  private static final class Worker {

    private final Node node;
    private final ManualClock clock = new ManualClock(START);
    private final AtomicInteger looks = new AtomicInteger();
    private final Snowflake ids;

    Worker(Node node, int number, ClockBack answer) {
      this.node = node;
      this.ids = new Snowflake(counted(clock, looks), number, answer);
    }

    void makesAnId() {
      node.step("makes an id", this::next);
    }

    Made next() {
      return new Made(ids.next());
    }

    private static LongSupplier counted(Clock clock, AtomicInteger looks) {
      return () -> {
        long millis = clock.millis() - EPOCH.toEpochMilli();
        looks.incrementAndGet();
        return millis;
      };
    }
  }
}
