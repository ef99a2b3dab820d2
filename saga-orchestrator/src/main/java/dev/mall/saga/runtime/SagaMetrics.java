package dev.mall.saga.runtime;

import dev.mall.messaging.envelope.LogContext;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal.DeadlineExcused;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.TimelineEntry;
import dev.mall.saga.runtime.store.SagaSignal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts and logs transitions after their commit. */
@Component
class SagaMetrics {

  private static final Logger log = LoggerFactory.getLogger(SagaMetrics.class);

  /** Of the objective in docs/telemetry.md: a saga's last step notifies the customer. */
  private static final Duration SOON_ENOUGH = Duration.ofSeconds(10);

  private final MeterRegistry meters;

  SagaMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @TransactionalEventListener
  void count(SagasProcessed processed) {
    count(processed.results());
    countDeferred(processed.deferred());
  }

  private void count(List<SignalResult> results) {
    for (var result : results) {
      var transition = result.transition();
      var line = transition == null ? null : transition.line();
      if (transition == null || line == null) {
        countSilent(result);
      } else {
        count(line, result.before(), transition.saga());
        log(line, transition.saga());
      }
    }
  }

  /** Of signals that were deferred for another release. */
  private void countDeferred(List<SagaSignal> deferred) {
    if (!deferred.isEmpty()) {
      meters.counter("mall.sagas.deferrals").increment(deferred.size());
      log.warn(
          "deferred {} signals of sagas that only another release can continue, first of saga {}",
          deferred.size(),
          deferred.getFirst().sagaId());
    }
  }

  private void countSilent(SignalResult result) {
    switch (result.signal()) {
      case Replied _ -> ignored();
      case DeadlineExcused _ -> meters.counter("mall.sagas.deadlines.excused").increment();
      default -> {} // a repeat, or no news
    }
  }

  private void ignored() {
    meters.counter("mall.sagas.replies.ignored").increment();
  }

  private void count(TimelineEntry line, @Nullable SagaInstance before, SagaInstance saga) {
    switch (line.what()) {
      case STARTED ->
          meters
              .counter("mall.sagas.started", "definition", saga.origin().definition().name())
              .increment();
      case ANSWERED, REFUSED -> {
        var since = before == null ? line.at() : before.current().since();
        Timer.builder("mall.sagas.step")
            .description("Time from a step's first command to its reply")
            .tag("step", line.step())
            .register(meters)
            .record(Duration.between(since, line.at()));
      }
      case ASKED_AGAIN -> meters.counter("mall.sagas.resends", "step", line.step()).increment();
      case GIVEN_UP -> meters.counter("mall.sagas.givenup", "step", line.step()).increment();
      case ANSWERED_LATE -> ignored();
      case PARKED -> meters.counter("mall.sagas.parkings", "step", line.step()).increment();
      case RESUMED -> meters.counter("mall.sagas.resumed", "step", line.step()).increment();
      case WITHDRAWN -> meters.counter("mall.sagas.withdrawn", "step", line.step()).increment();
      case RETRIED, CALLED_OFF, SETTLED ->
          meters.counter("mall.sagas.acts", "act", line.what().name()).increment();
    }
    switch (saga.state()) {
      case COMPLETED -> meters.counter("mall.sagas.completed").increment();
      case COMPENSATED ->
          meters.counter("mall.sagas.compensated", "reason", reason(saga)).increment();
      case RUNNING, COMPENSATING -> {}
    }
    if (!saga.state().isOpen()) {
      Timer.builder("mall.sagas.duration")
          .description("Time from a saga's start to its end")
          .tag("state", saga.state().name())
          .serviceLevelObjectives(SOON_ENOUGH)
          .register(meters)
          .record(Duration.between(saga.origin().startedAt(), line.at()));
    }
  }

  private static String reason(SagaInstance saga) {
    return Objects.requireNonNullElse(saga.progress().refusal(), "none");
  }

  private static void log(TimelineEntry line, SagaInstance saga) {
    try (var _ = LogContext.of(saga.orderId(), saga.origin().traceparent());
        var _ = MDC.putCloseable("sagaId", Long.toString(saga.id()))) {
      switch (line.what()) {
        case PARKED -> log.warn("saga parked at {}: {}", line.step(), line.detail());
        case GIVEN_UP -> log.warn("step {} given up: {}", line.step(), line.detail());
        case ANSWERED_LATE -> log.info("late reply {} to {}", line.received(), line.detail());
        case ASKED_AGAIN ->
            log.info("no reply to {}, attempt {}; retrying", line.step(), line.attempt());
        case RETRIED, CALLED_OFF, SETTLED ->
            log.warn("operator action: {} at {}, {}", line.what(), line.step(), line.detail());
        case WITHDRAWN ->
            log.info("order cancelled by the customer at {}; compensating", line.step());
        case STARTED, ANSWERED, REFUSED, RESUMED ->
            log.debug(
                "{} at {} on {}, sent {}", line.what(), line.step(), line.received(), line.sent());
      }
    }
  }
}
