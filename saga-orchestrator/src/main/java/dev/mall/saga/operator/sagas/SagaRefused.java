package dev.mall.saga.operator.sagas;

import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.definition.DefinitionId;
import dev.mall.saga.runtime.OperatorActionOutcome.Refused;
import dev.mall.web.problem.Problem;
import dev.mall.web.problem.RequestRefused;
import java.io.Serial;
import java.util.Collection;

/** The refusals of an operator's requests about sagas and steps. */
public abstract sealed class SagaRefused extends RequestRefused {

  @Serial private static final long serialVersionUID = 1L;

  private SagaRefused(String detail) {
    super(detail);
  }

  /** The order has no such saga. */
  @Problem(type = "saga-unknown", status = 404, title = "Unknown saga")
  public static final class Unknown extends SagaRefused {
    public Unknown(long orderId) {
      super("no such saga is about order " + orderId);
    }
  }

  @Problem(type = "step-unknown", status = 404, title = "Unknown step")
  public static final class UnknownStep extends SagaRefused {
    UnknownStep(String step, Collection<String> known) {
      super("%s is none of %s".formatted(step, String.join(", ", known)));
    }
  }

  /** The refusals of an action on one saga. */
  public abstract static sealed class OfAction extends SagaRefused {

    private OfAction(String detail) {
      super(detail);
    }

    private OfAction(String stands, String remedy) {
      super(stands + "; " + remedy);
    }

    static OfAction of(OperatorAction action, Refused refused) {
      var stands =
          "%s is not possible: the saga is %s at %s, round %d"
              .formatted(action, refused.state(), refused.step(), refused.round());
      return switch (refused.why()) {
        case ENDED -> new Ended(stands);
        case MOVED -> new Moved(stands);
        case COMPENSATING -> new Compensating(stands);
        case PIVOT_ASKED -> new PivotAsked(stands);
        case PIVOT_PASSED -> new PivotPassed(stands);
        case PAUSED -> new StepPaused(stands);
        case LOST -> new StepLost(stands);
      };
    }
  }

  @Problem(type = "saga-ended", status = 409, title = "Saga ended")
  public static final class Ended extends OfAction {
    private Ended(String stands) {
      super(stands, "nothing can be done about it");
    }
  }

  /** The saga is at another step or round than the operator names. */
  @Problem(type = "saga-moved", status = 409, title = "Saga at another step or round")
  public static final class Moved extends OfAction {
    private Moved(String stands) {
      super(stands, "look at it again");
    }
  }

  @Problem(type = "saga-compensating", status = 409, title = "Saga already compensating")
  public static final class Compensating extends OfAction {
    private Compensating(String stands) {
      super(stands, "the order is being compensated already");
    }
  }

  /** The pivot's command was sent, and may have succeeded. */
  @Problem(type = "pivot-asked", status = 409, title = "Pivot may have succeeded")
  public static final class PivotAsked extends OfAction {
    private PivotAsked(String stands) {
      super(stands, "retry it, or settle it with what you found out");
    }
  }

  @Problem(type = "pivot-passed", status = 409, title = "Pivot passed")
  public static final class PivotPassed extends OfAction {
    private PivotPassed(String stands) {
      super(stands, "the order is confirmed, and undoing it is another saga's work");
    }
  }

  @Problem(type = "step-paused", status = 409, title = "Step paused")
  public static final class StepPaused extends OfAction {
    private StepPaused(String stands) {
      super(stands, "resume the step first");
    }
  }

  /** The saga's row names a step that its definition does not have. */
  @Problem(type = "step-lost", status = 409, title = "Step missing from the definition")
  public static final class StepLost extends OfAction {
    private StepLost(String stands) {
      super(stands, "its definition has no such step: its row was changed by hand");
    }
  }

  @Problem(type = "definition-unknown", status = 409, title = "Unknown saga definition")
  public static final class UnknownDefinition extends OfAction {
    UnknownDefinition(DefinitionId definition) {
      super(
          "%s, version %d, is not known to this release: another one goes on with the saga"
              .formatted(definition.name(), definition.version()));
    }
  }
}
