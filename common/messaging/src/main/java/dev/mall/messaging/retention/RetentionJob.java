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

/** Runs this service's sweeps, one after another, once in a while. */
public final class RetentionJob implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(RetentionJob.class);

  private final List<RetentionTask> sweeps;
  private final JdbcClient jdbc;
  private final RetentionProperties properties;
  private final Duration age;
  private final MeterRegistry meters;
  private final BackgroundLoop loop = new BackgroundLoop("retention", this::pauseAndSweep);

  RetentionJob(
      List<RetentionTask> sweeps,
      JdbcClient jdbc,
      RetentionProperties properties,
      Duration horizon,
      MeterRegistry meters) {
    this.sweeps = List.copyOf(sweeps);
    this.jdbc = jdbc;
    this.properties = properties;
    this.age = horizon.plus(properties.slack());
    this.meters = meters;
  }

  /** Archives or deletes settled rows older than their retention period. */
  public void sweep() {
    sweeps.forEach(this::sweep);
  }

  private void sweep(RetentionTask sweep) {
    long cleared = 0;
    var pass = new Pass(0, 0, 0, Long.MIN_VALUE);
    do {
      pass = pass(sweep, pass.last());
      cleared += pass.cleared();
      meters.counter("mall.swept", "what", sweep.what()).increment(pass.cleared());
    } while (pass.old() > 0 && pass.looked() == properties.batch());
    if (cleared > 0) {
      log.info(
          "Archived or deleted {} {}, settled for {} and more",
          cleared,
          sweep.what(),
          sweep.age(age));
    }
  }

  private record Pass(int looked, int old, int cleared, long last) {}

  /** One statement, which is a transaction. */
  private Pass pass(RetentionTask sweep, long after) {
    return jdbc.sql(sweep.statement())
        .param("after", after)
        .param("seconds", sweep.age(age).toSeconds())
        .param("most", properties.batch())
        .query(Pass.class)
        .single();
  }

  private void pauseAndSweep() throws InterruptedException {
    Thread.sleep(pause());
    sweeps.forEach(this::sweepOrLog);
  }

  /** Replicas that were started together need not sweep together. */
  private Duration pause() {
    long most = properties.every().toMillis();
    return Duration.ofMillis(most + ThreadLocalRandom.current().nextLong(most / 10 + 1));
  }

  private void sweepOrLog(RetentionTask sweep) {
    try {
      sweep(sweep);
    } catch (RuntimeException failure) { // the next look must come whatever goes wrong
      if (Failures.isEnvironment(failure)) {
        log.warn("{} cannot be archived or deleted now: {}", sweep.what(), failure.getMessage());
      } else {
        log.error("{} cannot be archived or deleted", sweep.what(), failure);
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
