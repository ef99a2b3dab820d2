package dev.mall.saga.operator.sagas;

import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.OperatorAction.Place;
import dev.mall.saga.engine.OperatorAction.Refusal;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.operator.audit.AuditEntry;
import dev.mall.saga.operator.audit.AuditLog;
import dev.mall.saga.runtime.OperatorActionOutcome;
import dev.mall.saga.runtime.OperatorActionOutcome.Done;
import dev.mall.saga.runtime.OperatorActionOutcome.NoSuchSaga;
import dev.mall.saga.runtime.OperatorActionOutcome.Refused;
import dev.mall.saga.runtime.OperatorActionOutcome.UnknownDefinition;
import dev.mall.saga.runtime.SagaRunner;
import dev.mall.web.problem.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Does what an operator decided about one saga, with its line in the audit, or says why not. */
@Component
public class ActOnSagas {

  private final SagaRunner runner;
  private final AuditLog audit;

  ActOnSagas(SagaRunner runner, AuditLog audit) {
    this.runner = runner;
    this.audit = audit;
  }

  /** A saga as the audit remembers it. */
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
  public void act(long orderId, OperatorAction act, ActionRequest request) {
    var decided =
        new Decided(act, new Place(request.step(), request.round()), request.who(), why(request));
    var outcome =
        runner.act(orderId, decided, done -> audit.append(List.of(entry(act, request, done))));
    switch (outcome) {
      case Done _ -> {}
      case NoSuchSaga _ ->
          throw Problems.refusal(SagaProblem.SAGA_UNKNOWN, "no saga is about order " + orderId);
      case UnknownDefinition(var definition) ->
          throw Problems.refusal(
              SagaProblem.DEFINITION_UNKNOWN,
              "%s, version %d, is not known to this release: another one goes on with the saga"
                  .formatted(definition.name(), definition.version()));
      case Refused refused -> throw refusal(act, refused);
    }
  }

  private static String why(ActionRequest request) {
    return request.evidence() == null
        ? request.why()
        : "%s (evidence: %s)".formatted(request.why(), request.evidence());
  }

  private static AuditEntry entry(
      OperatorAction act, ActionRequest request, OperatorActionOutcome.Done done) {
    return new AuditEntry(
        done.before().id(),
        AuditEntry.Kind.valueOf(act.name()),
        done.before().current().step(),
        null,
        request.reason(),
        request.evidence(),
        Standing.of(done.before()),
        Standing.of(done.after()));
  }

  private static RuntimeException refusal(OperatorAction act, Refused refused) {
    var stands = "%s at %s, round %d".formatted(refused.state(), refused.step(), refused.round());
    return Problems.refusal(
        problem(refused.why()),
        "%s is not possible: the saga is %s; %s".formatted(act, stands, remedy(refused.why())));
  }

  private static String remedy(Refusal why) {
    return switch (why) {
      case ENDED -> "nothing can be done about it";
      case MOVED -> "look at it again";
      case LOST -> "its definition has no such step: somebody changed its row";
      case PAUSED -> "resume the step first";
      case COMPENSATING -> "the order is being undone already";
      case PIVOT_ASKED -> "retry it, or settle it with what you found out";
      case PIVOT_PASSED -> "the order is confirmed, and undoing it is another saga's work";
    };
  }

  private static SagaProblem problem(Refusal why) {
    return switch (why) {
      case ENDED -> SagaProblem.SAGA_ENDED;
      case MOVED -> SagaProblem.SAGA_MOVED;
      case LOST -> SagaProblem.STEP_LOST;
      case PAUSED -> SagaProblem.STEP_PAUSED;
      case COMPENSATING -> SagaProblem.SAGA_COMPENSATING;
      case PIVOT_ASKED -> SagaProblem.PIVOT_ASKED;
      case PIVOT_PASSED -> SagaProblem.PIVOT_PASSED;
    };
  }
}
