package dev.mall.saga.operator.sagas.web;

import dev.mall.saga.engine.definition.SagaTurn;
import dev.mall.saga.operator.sagas.FindSagas;
import dev.mall.saga.operator.sagas.SagaDetails;
import dev.mall.saga.operator.sagas.SagaFilter;
import dev.mall.saga.operator.sagas.SagaRefused;
import dev.mall.saga.operator.sagas.SagaSummary;
import dev.mall.web.input.Cursor;
import dev.mall.web.input.Page;
import dev.mall.web.openapi.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sagas and their timelines. */
@RestController
@RequestMapping("/sagas")
@Tag(name = "Sagas")
class SagaController {

  static final String TURN =
      "Which of the order's sagas: the one that settles it, or the one that follows.";

  private final FindSagas sagas;

  SagaController(FindSagas sagas) {
    this.sagas = sagas;
  }

  @GetMapping("/{orderId}")
  @Operation(
      summary = "One saga",
      description = "Where it stands, its timeline, and the operators' acts about it.")
  @Refuses(SagaRefused.Unknown.class)
  SagaDetails story(
      @Parameter(description = "The id of the saga's order.") @PathVariable long orderId,
      @Parameter(description = TURN) @RequestParam(defaultValue = "FIRST") SagaTurn turn) {
    return sagas.story(turn.sagaOf(orderId)).orElseThrow(() -> new SagaRefused.Unknown(orderId));
  }

  /** In the order of their ids, which is that of their orders within a turn. */
  @GetMapping
  @Operation(
      summary = "Sagas",
      description = "Those that pass every filter given, in the order of their ids.",
      operationId = "listSagas")
  Page<SagaSummary> list(
      @Valid @ParameterObject SagaFilter filter,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    long after = Cursor.parse(cursor, 1).map(place -> place.key(0)).orElse(Long.MIN_VALUE);
    var found = sagas.list(filter, after, limit + 1);
    return Page.of(found, limit, last -> Cursor.after(last.id()));
  }
}
