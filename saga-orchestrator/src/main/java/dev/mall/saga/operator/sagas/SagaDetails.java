package dev.mall.saga.operator.sagas;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mall.saga.engine.TimelineEntry;
import dev.mall.saga.operator.audit.AuditLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saga with its timeline.
 *
 * @param remaining steps from the current one on, if none is refused; null if this release does not
 *     know the definition
 * @param deferred number of signals that wait for a release that knows the definition
 * @param acts actions of operators about it
 */
public record SagaDetails(
    @JsonUnwrapped SagaSummary saga,
    @Nullable List<String> remaining,
    int deferred,
    List<TimelineEntry> timeline,
    List<AuditLog.Entry> acts) {}
