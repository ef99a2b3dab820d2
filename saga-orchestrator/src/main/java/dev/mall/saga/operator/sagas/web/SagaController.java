package dev.mall.saga.operator.sagas.web;

import dev.mall.saga.engine.SagaState;
import dev.mall.saga.operator.sagas.FindSagas;
import dev.mall.saga.operator.sagas.SagaDetails;
import dev.mall.saga.operator.sagas.SagaFilter;
import dev.mall.saga.operator.sagas.SagaRefused;
import dev.mall.saga.operator.sagas.SagaSummary;
import dev.mall.web.input.Cursor;
import dev.mall.web.input.Page;
import dev.mall.web.openapi.Refuses;
import dev.mall.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The operator looks at sagas. */
@RestController
@RequestMapping("/sagas")
@Tag(name = "Sagas")
class SagaController {

  private static final String STEP = "[a-z][a-z0-9-]{0,99}";

  private static final Duration LONGEST = Duration.ofDays(3650);

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
      @Parameter(description = "The id of the saga's order.") @PathVariable long orderId) {
    return sagas.story(orderId).orElseThrow(() -> new SagaRefused.Unknown(orderId));
  }

  /**
   * The oldest first.
   *
   * @param olderThan like {@code 90s}, {@code 5m}, {@code 2h} or {@code PT5M}
   */
  @GetMapping
  @Operation(
      summary = "Sagas",
      description = "Those that pass every filter given, the oldest first.",
      operationId = "listSagas")
  Page<SagaSummary> list(
      @Parameter(description = "Only those in this state.") @RequestParam(required = false)
          @Nullable SagaState state,
      @Parameter(description = "Only those at this step.", example = "pay")
          @RequestParam(required = false)
          @Nullable
          @Pattern(regexp = STEP)
          String step,
      @Parameter(
              description =
                  "Only those that started longer ago: a duration up to 3650 days, like 90s, 5m, 2h or PT5M.",
              example = "10m")
          @RequestParam(required = false)
          @Nullable String olderThan,
      @Parameter(description = "Only those whose step is past its time, or is not.")
          @RequestParam(required = false)
          @Nullable Boolean overdue,
      @Parameter(description = "Only those that are parked, or are not.")
          @RequestParam(required = false)
          @Nullable Boolean parked,
      @Parameter(description = "Only those that a paused step holds, or does not.")
          @RequestParam(required = false)
          @Nullable Boolean held,
      @Parameter(
              description =
                  "Only those for which messages wait until a release knows the definition, or none do.")
          @RequestParam(required = false)
          @Nullable Boolean deferred,
      @Parameter(description = "Only those of this version of their definition.")
          @RequestParam(required = false)
          @Nullable Integer version,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    var filter =
        new SagaFilter(state, step, duration(olderThan), overdue, parked, held, deferred, version);
    long after = Cursor.parse(cursor, 1).map(place -> place.key(0)).orElse(Long.MIN_VALUE);
    var found = sagas.list(filter, after, limit + 1);
    return Page.of(found, limit, last -> Cursor.after(Long.parseLong(last.orderId())));
  }

  private static @Nullable Duration duration(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      var duration = DurationStyle.detectAndParse(text);
      if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException | ArithmeticException _) {
      // said below
    }
    throw Problems.invalid(
        "olderThan", "must be a duration from 0s to 3650d, like 90s, 5m, 2h or PT5M");
  }
}
