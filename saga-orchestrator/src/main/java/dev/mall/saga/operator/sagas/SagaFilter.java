package dev.mall.saga.operator.sagas;

import dev.mall.saga.engine.SagaState;
import dev.mall.saga.operator.Where;
import dev.mall.web.problem.Problems;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Which sagas to list, as query parameters; null means any.
 *
 * @param step their current step, which only open sagas have
 * @param olderThan like {@code 90s}, {@code 5m}, {@code 2h} or {@code PT5M}
 * @param version of the definition; of open sagas, unless {@code state} says otherwise
 */
public record SagaFilter(
    @Parameter(description = "Only those of this order.") @Nullable Long orderId,
    @Parameter(description = "Only those in this state.") @Nullable SagaState state,
    @Parameter(description = "Only those at this step.", example = "pay")
        @Pattern(regexp = "[a-z][a-z0-9-]{0,99}")
        @Nullable String step,
    @Parameter(
            description =
                "Only those that started longer ago: a duration up to 3650 days, like 90s, 5m, 2h or PT5M.",
            example = "10m")
        @Nullable String olderThan,
    @Parameter(description = "Only those whose step is past its time, or is not.")
        @Nullable Boolean overdue,
    @Parameter(description = "Only those that are parked, or are not.") @Nullable Boolean parked,
    @Parameter(description = "Only those that a paused step holds, or does not.")
        @Nullable Boolean held,
    @Parameter(
            description =
                "Only those for which messages wait until a release knows the definition, or none do.")
        @Nullable Boolean deferred,
    @Parameter(description = "Only those of this version of their definition.")
        @Nullable Integer version) {

  private static final Duration LONGEST = Duration.ofDays(3650);

  /** A saga that has ended is neither overdue nor parked. */
  private static final String OPEN = "state in ('RUNNING', 'COMPENSATING')";

  Where where() {
    return new Where()
        .and(orderId, "order_id in (:orderId, -:orderId)", "orderId")
        .and(state, "state = '%s'"::formatted)
        .and(
            seconds(),
            "started_at <= clock_timestamp() - make_interval(secs => :seconds)",
            "seconds")
        .and(overdue, is -> is ? "overdue and " + OPEN : "not overdue")
        .and(parked, is -> is ? "parked_since is not null and " + OPEN : "parked_since is null")
        .and(step, "step = :step and " + OPEN, "step")
        .and(held, is -> (is ? "" : "not ") + "(attempt = 0 and %s)".formatted(OPEN))
        .and(
            deferred,
            is ->
                (is ? "" : "not ")
                    + "exists (select from deferred_signal d where d.order_id = saga.order_id)")
        .and(
            version,
            state == null ? "version = :version and " + OPEN : "version = :version",
            "version");
  }

  private @Nullable Double seconds() {
    if (olderThan == null) {
      return null;
    }
    try {
      var age = DurationStyle.detectAndParse(olderThan);
      if (!age.isNegative() && age.compareTo(LONGEST) <= 0) {
        return age.toMillis() / 1000.0;
      }
    } catch (IllegalArgumentException | ArithmeticException _) {
      // refused below
    }
    throw Problems.invalid(
        "olderThan", "must be a duration from 0s to 3650d, like 90s, 5m, 2h or PT5M");
  }
}
