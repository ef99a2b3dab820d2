package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.ClosedLoop;
import dev.mall.benchmarks.load.LoadRecorder;
import dev.mall.benchmarks.load.LoadShape;
import dev.mall.benchmarks.load.OpenLoop;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.cli.Polling;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Puts a system under load and reads its counters at the start and the end of a window. */
final class WindowRunner {

  private static final Duration DRAINS_WITHIN = Duration.ofMinutes(2);
  private static final Duration SATURATES_WITHIN = Duration.ofSeconds(30);
  private static final ClosedLoop WARM_UP = new ClosedLoop(32);
  private static final OpenLoop PACED_WARM_UP = new OpenLoop(50);

  private final BenchProfile profile;

  WindowRunner(BenchProfile profile) {
    this.profile = profile;
  }

  /** Places as many orders as the profile says. */
  void warmUp(MeasuredSystem system, OrderClient client) throws SQLException, InterruptedException {
    var left = new AtomicLong(profile.warmUp());
    WARM_UP.run(client, new LoadRecorder(0, 0), () -> left.getAndDecrement() <= 0);
    drain(system);
  }

  /** Places orders one by one for as long as the profile says. */
  void warmUpPaced(MeasuredSystem system, OrderClient client)
      throws SQLException, InterruptedException {
    long from = System.nanoTime();
    PACED_WARM_UP.run(client, new LoadRecorder(from, from + profile.pacedWarmUp().toNanos()));
    drain(system);
  }

  /**
   * @param resting the other systems that run
   * @param refuses whether the system refuses orders with 503 once it has enough open ones
   */
  WindowResult measure(
      MeasuredSystem system,
      WorkloadDefinition workload,
      int round,
      List<MeasuredSystem> resting,
      boolean refuses)
      throws SQLException, InterruptedException {
    try (var client = system.client(workload.assortment())) {
      if (refuses && workload.load() instanceof ClosedLoop closed) {
        saturate(closed, client);
      }
      long from = System.nanoTime() + profile.leadIn().toNanos();
      var recorder = new LoadRecorder(from, from + profile.window().toNanos());
      var load = start(workload.load(), client, recorder);
      WindowResult result;
      try {
        result = watch(system, workload, round, resting, recorder, load);
      } finally {
        load.interrupt();
        load.join();
      }
      drain(system);
      return result;
    }
  }

  /** The open orders of a window that starts before the first refusal would grow all along. */
  private static void saturate(ClosedLoop load, OrderClient client) throws InterruptedException {
    var recorder = new LoadRecorder(0, 0);
    long end = System.nanoTime() + SATURATES_WITHIN.toNanos();
    load.run(client, recorder, () -> recorder.hasShed() || System.nanoTime() - end > 0);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static Thread start(LoadShape load, OrderClient client, LoadRecorder recorder) {
    return Thread.ofPlatform()
        .name("load")
        .start(() -> {
          try {
            load.run(client, recorder);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static WindowResult watch(
      MeasuredSystem system,
      WorkloadDefinition workload,
      int round,
      List<MeasuredSystem> resting,
      LoadRecorder recorder,
      Thread load)
      throws SQLException, InterruptedException {
    var usage = system.usage();
    var others = resting.stream().map(MeasuredSystem::usage).toList();
    sleepUntil(recorder.from());
    var countedBefore = system.counts();
    var start = usage.sample(others);
    sleepUntil(recorder.until());
    var end = usage.sample(others);
    var counted = system.counts().minus(countedBefore);
    load.join();
    var figures = recorder.figures();
    var used = usage.between(start, end);
    return new WindowResult(
        workload.name(),
        system.name(),
        round,
        workload.confirms() ? counted.confirmed() : counted.cancelled(),
        counted.open(),
        figures,
        used,
        RoundVerdict.of(workload, counted, figures.failed(), used.foreign()));
  }

  private static void drain(MeasuredSystem system) throws InterruptedException {
    Polling.require(
        DRAINS_WITHIN, () -> open(system) == 0, () -> system.name() + " still has open orders");
  }

  private static long open(MeasuredSystem system) {
    try {
      return system.counts().open();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
  }
}
