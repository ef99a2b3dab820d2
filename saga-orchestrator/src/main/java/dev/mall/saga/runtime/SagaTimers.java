package dev.mall.saga.runtime;

import dev.mall.runtime.BackgroundLoop;
import dev.mall.saga.runtime.SagaRunner.Passed;
import dev.mall.saga.runtime.store.DueSagas;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Passes deadlines: sleeps until the next one, then handles those that are due, one batch at a
 * time. All replicas do so; each deadline is handled by one of them. Sagas held at a paused step
 * continue the same way once it is resumed, and so do signals that another release deferred.
 */
@Component
class SagaTimers implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(SagaTimers.class);

  private final DueSagas due;
  private final SagaRunner runner;
  private final Backlog backlog;
  private final TimerProperties properties;
  private final BackgroundLoop loop =
      new BackgroundLoop("saga-timers", () -> Thread.sleep(lookOrLog()));

  SagaTimers(DueSagas due, SagaRunner runner, Backlog backlog, TimerProperties properties) {
    this.due = due;
    this.runner = runner;
    this.backlog = backlog;
    this.properties = properties;
  }

  /**
   * Passes the deadlines that are due, one batch at most.
   *
   * @return the pause until the next look
   */
  Duration look() {
    var next = due.nextWork();
    int moved = next.deferring() ? runner.takeUpDeferred(properties.batch()) : 0;
    moved += next.resumable().map(step -> runner.resume(step, properties.batch())).orElse(0);
    var wait =
        next.deadline()
            .map(deadline -> Duration.between(next.now(), deadline))
            .orElse(properties.lookAtLeast());
    if (!wait.isPositive()) {
      passUntil(next.now());
    }
    return moved > 0
        ? properties.pause()
        : Collections.max(
            List.of(properties.pause(), Collections.min(List.of(wait, properties.lookAtLeast()))));
  }

  /** Limits retries to one batch; deadlines that only move on are not limited. */
  private void passUntil(Instant now) {
    var unread = backlog.unread();
    int judged = 0;
    Passed passed;
    do {
      passed = runner.passDeadlines(now, unread, properties.batch());
      judged += passed.judged();
    } while (passed.all() == properties.batch() && judged < properties.batch());
  }

  private Duration lookOrLog() {
    try {
      return look();
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("database unavailable, retrying timers: {}", unavailable.getMessage());
      return properties.lookAtLeast();
    } catch (RuntimeException failure) {
      log.error("timers failed, retrying", failure);
      return properties.lookAtLeast();
    }
  }

  @Override
  public void start() {
    loop.start();
  }

  /** Waits for the current transaction, if there is one. */
  @Override
  public void stop() {
    loop.interrupt(Duration.ofSeconds(10));
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }
}
