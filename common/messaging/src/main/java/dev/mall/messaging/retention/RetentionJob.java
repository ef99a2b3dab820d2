package dev.mall.messaging.retention;

import dev.mall.messaging.consumer.failure.Failures;
import dev.mall.runtime.BackgroundLoop;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs this service's retention tasks, one after another, at a fixed interval. */
public final class RetentionJob implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(RetentionJob.class);

  private static final String PASS =
      """
      select (select count(*) from batch) as looked,
             (select count(*) from batch where expired) as expired,
             (select count(*) from cleared) as cleared,
             coalesce((select max(id) from batch), :after) as last
      """;

  private final List<RetentionTask> tasks;
  private final JdbcClient jdbc;
  private final RetentionProperties properties;
  private final Duration age;
  private final MeterRegistry meters;
  private final BackgroundLoop loop = new BackgroundLoop("retention", this::pauseAndSweep);

  RetentionJob(
      List<RetentionTask> tasks,
      JdbcClient jdbc,
      RetentionProperties properties,
      Duration horizon,
      MeterRegistry meters) {
    this.tasks = List.copyOf(tasks);
    this.jdbc = jdbc;
    this.properties = properties;
    this.age = horizon.plus(properties.slack());
    this.meters = meters;
  }

  /** Archives or deletes settled rows older than their retention period. */
  public void sweep() {
    tasks.forEach(this::sweep);
  }

  private void sweep(RetentionTask task) {
    long cleared = 0;
    var pass = new Pass(0, 0, 0, Long.MIN_VALUE);
    do {
      pass = pass(task, pass.last());
      cleared += pass.cleared();
      meters.counter("mall.swept", "what", task.what()).increment(pass.cleared());
    } while (pass.expired() > 0 && pass.looked() == properties.batch());
    if (cleared > 0) {
      log.info(
          "Archived or deleted {} {}, settled for {} and more",
          cleared,
          task.what(),
          task.age(age));
    }
  }

  private record Pass(int looked, int expired, int cleared, long last) {}

  /** One statement, which is a transaction. */
  private Pass pass(RetentionTask task, long after) {
    return jdbc.sql(task.expressions() + PASS)
        .param("after", after)
        .param("seconds", task.age(age).toSeconds())
        .param("most", properties.batch())
        .query(Pass.class)
        .single();
  }

  private void pauseAndSweep() throws InterruptedException {
    Thread.sleep(pause());
    tasks.forEach(this::sweepOrLog);
  }

  /** Spreads the passes of replicas that were started together. */
  private Duration pause() {
    long most = properties.every().toMillis();
    return Duration.ofMillis(most + ThreadLocalRandom.current().nextLong(most / 10 + 1));
  }

  private void sweepOrLog(RetentionTask task) {
    try {
      sweep(task);
    } catch (RuntimeException failure) { // the other tasks run, and this one is retried
      if (Failures.isEnvironment(failure)) {
        log.warn("{} cannot be archived or deleted now: {}", task.what(), failure.getMessage());
      } else {
        log.error("{} cannot be archived or deleted", task.what(), failure);
      }
    }
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop(Duration.ZERO);
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }
}
