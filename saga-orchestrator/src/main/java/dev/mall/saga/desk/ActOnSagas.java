package dev.mall.saga.desk;

import dev.mall.saga.audit.DeskAct;
import dev.mall.saga.audit.DeskActs;
import dev.mall.saga.engine.Act;
import dev.mall.saga.engine.Act.Place;
import dev.mall.saga.engine.Act.Refusal;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.runtime.ActOutcome;
import dev.mall.saga.runtime.ActOutcome.Done;
import dev.mall.saga.runtime.ActOutcome.NoSuchSaga;
import dev.mall.saga.runtime.ActOutcome.Refused;
import dev.mall.saga.runtime.ActOutcome.UnknownDefinition;
import dev.mall.saga.runtime.SagaRunner;
import dev.mall.web.problem.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Does what an operator decided about one saga, with its line in the audit, or says why not. */
@Component
class ActOnSagas {

  private final SagaRunner runner;
  private final DeskActs audit;

  ActOnSagas(SagaRunner runner, DeskActs audit) {
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
      var parked = saga.trouble().parked();
      return new Standing(
          saga.state(),
          saga.asking().step(),
          saga.asking().round(),
          saga.asking().attempt(),
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
  void act(long orderId, Act act, ActRequest request) {
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

  private static String why(ActRequest request) {
    return request.evidence() == null
        ? request.why()
        : "%s (evidence: %s)".formatted(request.why(), request.evidence());
  }

  private static DeskAct entry(Act act, ActRequest request, ActOutcome.Done done) {
    return new DeskAct(
        done.before().id(),
        DeskAct.Kind.valueOf(act.name()),
        done.before().asking().step(),
        null,
        request.reason(),
        request.evidence(),
        Standing.of(done.before()),
        Standing.of(done.after()));
  }

  private static RuntimeException refusal(Act act, Refused refused) {
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
