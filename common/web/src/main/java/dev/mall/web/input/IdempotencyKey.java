package dev.mall.web.input;

import dev.mall.web.problem.Problems;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a request, so that sending it again does nothing more.
 *
 * @param value 1 to 128 visible ASCII characters
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The
 *     header's draft</a>
 */
public record IdempotencyKey(String value) {

  /** The header's name. */
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern ALLOWED = Pattern.compile("[!-~]{1,128}");

  public IdempotencyKey {
    if (!ALLOWED.matcher(value).matches()) {
      throw Problems.invalid(HEADER, "must be 1 to 128 visible ASCII characters");
    }
  }

  /**
   * @param header the header as it came; null if there was none
   * @throws org.springframework.web.ErrorResponseException 400, if it is no key
   */
  public static Optional<IdempotencyKey> parse(@Nullable String header) {
    return Optional.ofNullable(header).map(IdempotencyKey::new);
  }
}
