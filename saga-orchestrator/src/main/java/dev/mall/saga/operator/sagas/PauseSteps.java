package dev.mall.saga.operator.sagas;

import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.operator.audit.AuditEntry;
import dev.mall.saga.operator.audit.AuditEntry.Kind;
import dev.mall.saga.operator.audit.AuditEntry.OfStep;
import dev.mall.saga.operator.audit.AuditLog;
import dev.mall.saga.operator.audit.Reason;
import dev.mall.saga.runtime.store.StepPauses;
import dev.mall.saga.runtime.store.StepPauses.Pause;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Pauses and resumes steps, for all replicas. */
@Component
public class PauseSteps {

  private static final Logger log = LoggerFactory.getLogger(PauseSteps.class);

  private final StepPauses pauses;
  private final SagaDefinitions definitions;
  private final AuditLog audit;

  PauseSteps(StepPauses pauses, SagaDefinitions definitions, AuditLog audit) {
    this.pauses = pauses;
    this.definitions = definitions;
    this.audit = audit;
  }

  /**
   * A step, or a compensation.
   *
   * @param paused null while its commands are sent
   * @param held sagas that wait for it to be resumed, or for their turn after that
   */
  public record Switch(String step, @Nullable Pause paused, long held) {}

  @Transactional(readOnly = true)
  public List<Switch> all() {
    var held = pauses.held();
    var paused = pauses.all().stream().collect(Collectors.toMap(Pause::step, Function.identity()));
    return definitions.stepNames().stream()
        .map(step -> new Switch(step, paused.get(step), held.getOrDefault(step, 0L)))
        .toList();
  }

  /** Does nothing if it is paused already. */
  @Transactional
  public Switch pause(String step, Reason reason) {
    refuseUnknown(step);
    if (pauses.pause(step, reason.who(), reason.why())) {
      remember(step, Kind.PAUSE, reason);
      log.warn("Paused step {} by {}: {}", step, reason.who(), reason.why());
    }
    return one(step);
  }

  /** Does nothing if it is not paused. */
  @Transactional
  public Switch resume(String step, Reason reason) {
    refuseUnknown(step);
    if (pauses.resume(step)) {
      remember(step, Kind.RESUME, reason);
      log.warn("Resumed step {} by {}: {}", step, reason.who(), reason.why());
    }
    return one(step);
  }

  private void remember(String step, Kind kind, Reason reason) {
    boolean pausing = kind == Kind.PAUSE;
    audit.append(
        List.of(
            new AuditEntry(
                new OfStep(step),
                kind,
                reason,
                Map.of("paused", !pausing),
                Map.of("paused", pausing))));
  }

  private Switch one(String step) {
    return all().stream().filter(found -> found.step().equals(step)).findFirst().orElseThrow();
  }

  private void refuseUnknown(String step) {
    if (!definitions.stepNames().contains(step)) {
      throw new SagaRefused.UnknownStep(step, definitions.stepNames());
    }
  }
}
