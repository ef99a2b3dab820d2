package dev.mall.saga.operator.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Who acts, and why.
 *
 * @param who a name that the other operators know; the subject of the token where there is one
 * @param why shown in the audit log
 */
public record Reason(
    @NotBlank
        @Size(max = 100)
        @Pattern(regexp = TEXT, message = NO_TEXT)
        @Schema(description = WHO, requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String who,
    @NotBlank @Size(max = 1000) @Pattern(regexp = TEXT, message = NO_TEXT) String why)
    implements Attributed {

  /** Describes the name. */
  public static final String WHO =
      "The operator's name. The subject of an access token takes its place, and it may be left out then.";

  /** One line of printable text: nothing that could forge or hide a line of the audit or a log. */
  public static final String TEXT = "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]{0,4000}";

  public static final String NO_TEXT =
      "must not contain line breaks, control or direction characters";

  @Override
  public Reason by(String operator) {
    return new Reason(operator, why);
  }
}
