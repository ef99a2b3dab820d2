package dev.mall.saga.operator.sagas;

import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.OperatorAction.Place;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.engine.definition.SagaTurn;
import dev.mall.saga.operator.audit.AuditEntry;
import dev.mall.saga.operator.audit.AuditEntry.OfSaga;
import dev.mall.saga.operator.audit.AuditLog;
import dev.mall.saga.runtime.OperatorActionOutcome.Done;
import dev.mall.saga.runtime.OperatorActionOutcome.NoSuchSaga;
import dev.mall.saga.runtime.OperatorActionOutcome.Refused;
import dev.mall.saga.runtime.OperatorActionOutcome.UnknownDefinition;
import dev.mall.saga.runtime.SagaRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Carries out an operator's action on one saga and writes the audit entry, or refuses it. */
@Component
public class ActOnSagas {

  private final SagaRunner runner;
  private final AuditLog audit;

  ActOnSagas(SagaRunner runner, AuditLog audit) {
    this.runner = runner;
    this.audit = audit;
  }

  /** The state of a saga in the audit log. */
  private record Standing(
      SagaState state,
      String step,
      int round,
      int attempt,
      List<String> done,
      List<String> inDoubt,
      @Nullable String refusal,
      @Nullable String parked) {

    static Standing of(SagaInstance saga) {
      var parked = saga.condition().parked();
      return new Standing(
          saga.state(),
          saga.current().step(),
          saga.current().round(),
          saga.current().attempt(),
          saga.progress().done(),
          saga.progress().inDoubt(),
          saga.progress().refusal(),
          parked == null ? null : parked.why());
    }
  }

  /**
   * Committed when this returns.
   *
   * @throws org.springframework.web.ErrorResponseException if it is refused; nothing was done
   */
  public void act(long sagaId, OperatorAction act, ActionRequest request) {
    var decided =
        new Decided(act, new Place(request.step(), request.round()), request.who(), why(request));
    var outcome =
        runner.act(sagaId, decided, done -> audit.append(List.of(entry(act, request, done))));
    switch (outcome) {
      case Done _ -> {}
      case NoSuchSaga _ -> throw new SagaRefused.Unknown(SagaTurn.orderOf(sagaId));
      case UnknownDefinition(var definition) -> throw new SagaRefused.UnknownDefinition(definition);
      case Refused refused -> throw SagaRefused.OfAction.of(act, refused);
    }
  }

  private static String why(ActionRequest request) {
    return request.evidence() == null
        ? request.why()
        : "%s (evidence: %s)".formatted(request.why(), request.evidence());
  }

  private static AuditEntry entry(OperatorAction act, ActionRequest request, Done done) {
    return new AuditEntry(
        new OfSaga(done.before().orderId(), done.before().current().step(), request.evidence()),
        AuditEntry.Kind.valueOf(act.name()),
        request.reason(),
        Standing.of(done.before()),
        Standing.of(done.after()));
  }
}
