package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.ClosedLoop;
import dev.mall.benchmarks.load.LoadRecorder;
import dev.mall.benchmarks.load.LoadShape;
import dev.mall.benchmarks.load.OpenLoop;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.usage.UsageReader;
import dev.mall.cli.Polling;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Puts a system under load and reads its counters at the start and the end of a window. */
final class WindowRunner {

  private static final Duration DRAINS_WITHIN = Duration.ofMinutes(2);
  private static final Duration SATURATES_WITHIN = Duration.ofSeconds(30);
  private static final int WARM_UP_CONNECTIONS = 32;
  private static final Duration WARMS_WITHIN = Duration.ofMinutes(3);
  private static final int PACED_WARM_UP_RATE = 50;

  private final BenchProfile profile;

  private record Recorders(LoadRecorder orders, LoadRecorder bystanders) {

    static Recorders between(long from, long until) {
      return new Recorders(new LoadRecorder(from, until), new LoadRecorder(from, until));
    }
  }

  WindowRunner(BenchProfile profile) {
    this.profile = profile;
  }

  /**
   * Places as many orders as the profile says, or as many as end within three minutes.
   *
   * @param load that comes next; its orders are waited for if these are
   */
  void warmUp(MeasuredSystem system, OrderClient client, LoadShape load)
      throws InterruptedException {
    var left = new AtomicLong(profile.warmUp());
    long end = System.nanoTime() + WARMS_WITHIN.toNanos();
    boolean untilFinal = !(load instanceof ClosedLoop closed) || closed.untilFinal();
    new ClosedLoop(WARM_UP_CONNECTIONS, untilFinal)
        .run(
            client,
            new LoadRecorder(0, 0),
            () -> left.getAndDecrement() <= 0 || System.nanoTime() - end > 0);
    drain(system);
  }

  /**
   * Places orders one by one for as long as the profile says.
   *
   * @param load that comes next; its orders are waited for if these are
   */
  void warmUpPaced(MeasuredSystem system, OrderClient client, OpenLoop load)
      throws InterruptedException {
    long from = System.nanoTime();
    new OpenLoop(PACED_WARM_UP_RATE, load.untilFinal())
        .run(client, new LoadRecorder(from, from + profile.pacedWarmUp().toNanos()));
    drain(system);
  }

  /**
   * @param running readers of all systems that run
   */
  WindowResult measure(
      MeasuredSystem system, WorkloadDefinition workload, int round, List<UsageReader> running)
      throws SQLException, InterruptedException {
    try (var client = system.client(workload.assortment())) {
      if (system.shedsLoad()
          && workload.load() instanceof ClosedLoop closed
          && !closed.untilFinal()) {
        saturate(closed, client);
      }
      long from = System.nanoTime() + profile.leadIn().toNanos();
      var recorders = Recorders.between(from, from + profile.window().toNanos());
      WindowResult result;
      try (var threads = new LoadThreads()) {
        threads.start(() -> workload.load().run(client, recorders.orders()));
        disturb(system, workload, recorders, threads);
        result = watch(system, workload, round, running, recorders, threads);
      }
      drain(system);
      return result;
    }
  }

  private static void disturb(
      MeasuredSystem system,
      WorkloadDefinition workload,
      Recorders recorders,
      LoadThreads threads) {
    if (system instanceof FreezableSystem freezable) {
      workload
          .frozen()
          .ifPresent(service -> {
            var standstill = new Standstill(freezable.process(service));
            threads.start(() -> standstill.within(recorders.orders()));
            threads.start(() -> {
              try (var client = freezable.bystander(workload.assortment())) {
                Standstill.BYSTANDERS.run(client, recorders.bystanders());
              }
            });
          });
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

  private static WindowResult watch(
      MeasuredSystem system,
      WorkloadDefinition workload,
      int round,
      List<UsageReader> running,
      Recorders recorders,
      LoadThreads threads)
      throws SQLException, InterruptedException {
    var usage = system.usage();
    sleepUntil(recorders.orders().from());
    var countedBefore = system.counts();
    var start = usage.sample(running);
    sleepUntil(recorders.orders().until());
    var end = usage.sample(running);
    var counted = system.counts().minus(countedBefore);
    threads.join();
    var figures = recorders.orders().figures();
    var bystanders = recorders.bystanders().figures();
    var used = usage.between(start, end);
    return new WindowResult(
        workload.name(),
        system.name(),
        round,
        workload.confirms() ? counted.confirmed() : counted.cancelled(),
        counted.open(),
        figures,
        workload.frozen().isPresent() ? bystanders.latency() : null,
        used,
        RoundVerdict.of(workload, counted, figures.failed() + bystanders.failed(), used.foreign()));
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

  static void sleepUntil(long nanos) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
  }
}
