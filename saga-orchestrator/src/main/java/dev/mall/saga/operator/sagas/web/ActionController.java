package dev.mall.saga.operator.sagas.web;

import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.definition.SagaTurn;
import dev.mall.saga.operator.audit.AuditLog;
import dev.mall.saga.operator.sagas.ActOnSagas;
import dev.mall.saga.operator.sagas.ActionRequest;
import dev.mall.saga.operator.sagas.FindSagas;
import dev.mall.saga.operator.sagas.SagaDetails;
import dev.mall.saga.operator.sagas.SagaRefused;
import dev.mall.web.input.Cursor;
import dev.mall.web.input.Page;
import dev.mall.web.openapi.Refuses;
import dev.mall.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Operators' actions on sagas, and the audit log. */
@RestController
@Tag(name = "Acts")
class ActionController {

  private final ActOnSagas acting;
  private final FindSagas sagas;
  private final AuditLog audit;

  ActionController(ActOnSagas acting, FindSagas sagas, AuditLog audit) {
    this.acting = acting;
    this.sagas = sagas;
    this.audit = audit;
  }

  /** Sends the current step's command in a new round. */
  @PostMapping("/sagas/{orderId}/retry")
  @Operation(
      summary = "Retry a saga's step",
      description = "Sends the current step's command again, in a new round.")
  @Refuses({SagaRefused.Unknown.class, SagaRefused.OfAction.class})
  SagaDetails retry(
      @Parameter(description = "The id of the saga's order.") @PathVariable long orderId,
      @Parameter(description = SagaController.TURN) @RequestParam(defaultValue = "FIRST")
          SagaTurn turn,
      @Valid @RequestBody ActionRequest request) {
    return act(turn.sagaOf(orderId), OperatorAction.RETRY, request);
  }

  /** Calls the order off; before the pivot only. */
  @PostMapping("/sagas/{orderId}/compensate")
  @Operation(
      summary = "Cancel a saga's order",
      description = "Compensates every step that was done or may have been. Before the pivot only.")
  @Refuses({SagaRefused.Unknown.class, SagaRefused.OfAction.class})
  SagaDetails compensate(
      @Parameter(description = "The id of the saga's order.") @PathVariable long orderId,
      @Parameter(description = SagaController.TURN) @RequestParam(defaultValue = "FIRST")
          SagaTurn turn,
      @Valid @RequestBody ActionRequest request) {
    return act(turn.sagaOf(orderId), OperatorAction.COMPENSATE, request);
  }

  /** The step was done by hand: the saga continues as if it had succeeded. */
  @PostMapping("/sagas/{orderId}/settle")
  @Operation(
      summary = "Settle a saga's step by hand",
      description = "The saga continues as if the step had succeeded. Needs `step` and `evidence`.")
  @Refuses({SagaRefused.Unknown.class, SagaRefused.OfAction.class})
  SagaDetails settle(
      @Parameter(description = "The id of the saga's order.") @PathVariable long orderId,
      @Parameter(description = SagaController.TURN) @RequestParam(defaultValue = "FIRST")
          SagaTurn turn,
      @Valid @RequestBody ActionRequest request) {
    required("step", request.step());
    required("evidence", request.evidence());
    return act(turn.sagaOf(orderId), OperatorAction.SETTLE, request);
  }

  /** The audit log, the newest entry first. */
  @GetMapping("/acts")
  @Operation(
      summary = "The audit log",
      description = "Every action of an operator, the newest first.")
  Page<AuditLog.Entry> acts(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    long before = Cursor.parse(cursor, 1).map(place -> place.key(0)).orElse(Long.MAX_VALUE);
    return Page.of(
        audit.list(before, limit + 1), limit, last -> Cursor.after(Long.parseLong(last.id())));
  }

  private SagaDetails act(long sagaId, OperatorAction act, ActionRequest request) {
    acting.act(sagaId, act, request);
    return sagas.story(sagaId).orElseThrow(() -> new SagaRefused.Unknown(SagaTurn.orderOf(sagaId)));
  }

  private static void required(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw Problems.invalid(field, "is needed to settle a step by hand");
    }
  }
}
