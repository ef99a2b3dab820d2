package dev.mall.saga.operator.audit;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Who acts, and why. There is one operator's token, so people say who they are.
 *
 * @param who a name that the other operators know
 * @param why shown in the audit log
 */
public record Reason(
    @NotBlank @Size(max = 100) @Pattern(regexp = TEXT, message = NO_TEXT) String who,
    @NotBlank @Size(max = 1000) @Pattern(regexp = TEXT, message = NO_TEXT) String why) {

  /** One line of printable text: nothing that could forge or hide a line of the audit or a log. */
  public static final String TEXT = "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]{0,4000}";

  public static final String NO_TEXT =
      "must not contain line breaks, control or direction characters";
}
