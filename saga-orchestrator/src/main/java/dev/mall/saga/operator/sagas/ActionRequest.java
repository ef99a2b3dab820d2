package dev.mall.saga.operator.sagas;

import dev.mall.saga.operator.audit.Attributed;
import dev.mall.saga.operator.audit.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A request for an operator's action on a saga.
 *
 * @param who a name that the other operators know; the subject of the token where there is one
 * @param why shown in the audit log
 * @param step where the operator saw the saga; if it is elsewhere by now nothing is done
 * @param round of the step, likewise
 * @param evidence that the step was done by hand; settling needs it
 */
public record ActionRequest(
    @NotBlank
        @Size(max = 100)
        @Pattern(regexp = Reason.TEXT, message = Reason.NO_TEXT)
        @Schema(description = Reason.WHO, requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String who,
    @NotBlank @Size(max = 1000) @Pattern(regexp = Reason.TEXT, message = Reason.NO_TEXT) String why,
    @Size(max = 100) @Pattern(regexp = Reason.TEXT, message = Reason.NO_TEXT) @Nullable String step,
    @Nullable Integer round,
    @Size(max = 4000) @Pattern(regexp = Reason.TEXT, message = Reason.NO_TEXT)
        @Nullable String evidence)
    implements Attributed {

  @Override
  public ActionRequest by(String operator) {
    return new ActionRequest(operator, why, step, round, evidence);
  }

  Reason reason() {
    return new Reason(who, why);
  }
}
