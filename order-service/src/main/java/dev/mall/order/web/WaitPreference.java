package dev.mall.order.web;

import dev.mall.web.problem.Problems;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time that a client is willing to wait for the outcome: {@code Prefer: wait=5}. Other
 * preferences are ignored, as RFC 7240 permits.
 *
 * @param seconds 0 to 30
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, wait</a>
 */
record WaitPreference(int seconds) {

  static final String HEADER = "Prefer";
  static final String APPLIED = "Preference-Applied";

  private static final int MOST = 30;
  private static final int MOST_DIGITS = 9;

  /**
   * @param header the header; several are joined with commas; null if absent
   * @throws org.springframework.web.ErrorResponseException 400 if {@code wait} has no valid number
   *     of seconds
   */
  static Optional<WaitPreference> parse(@Nullable String header) {
    return Optional.ofNullable(header)
        .flatMap(given -> Preferences.of(given).value("wait"))
        .map(text -> new WaitPreference(seconds(text)));
  }

  private static int seconds(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || Integer.parseInt(text) > MOST) {
      throw Problems.invalid(HEADER, "wait must be a number of seconds from 0 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  /** The value of {@code Preference-Applied}. */
  @Override
  public String toString() {
    return "wait=" + seconds;
  }
}
