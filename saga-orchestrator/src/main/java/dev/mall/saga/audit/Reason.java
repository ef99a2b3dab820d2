package dev.mall.saga.audit;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Who acts, and why. There is one operator's token, so people say who they are.
 *
 * @param who a name that the others at the desk know
 * @param why for whoever reads the audit later
 */
public record Reason(
    @NotBlank @Size(max = 100) @Pattern(regexp = TEXT, message = NO_TEXT) String who,
    @NotBlank @Size(max = 1000) @Pattern(regexp = TEXT, message = NO_TEXT) String why) {

  /** PostgreSQL stores no NUL. */
  public static final String TEXT = "[^\\u0000]*";

  public static final String NO_TEXT = "must not contain NUL";
}
