package dev.mall.order.web;

import dev.mall.web.Problems;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a client would like to wait for the outcome: {@code Prefer: wait=5}. Other preferences
 * are ignored, as they may be.
 *
 * @param seconds 0 to 30
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, wait</a>
 */
record WaitPreference(int seconds) {

  static final String HEADER = "Prefer";
  static final String APPLIED = "Preference-Applied";

  private static final int MOST = 30;
  private static final Pattern COMMA_OUTSIDE_QUOTES =
      Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
  private static final Pattern WAIT =
      Pattern.compile("(?i)\\s*wait\\s*(?:=\\s*\"?([^\";]*)\"?\\s*)?");

  /**
   * @param header the header as it came; several are joined with commas; null if there was none
   * @throws org.springframework.web.ErrorResponseException 400, if it says {@code wait}, but not
   *     for how many seconds
   */
  static Optional<WaitPreference> parse(@Nullable String header) {
    return Optional.ofNullable(header).stream()
        .flatMap(given -> Arrays.stream(COMMA_OUTSIDE_QUOTES.split(given)))
        .map(preference -> preference.split(";", 2)[0])
        .map(WAIT::matcher)
        .filter(wait -> wait.matches())
        .findFirst()
        .map(wait -> new WaitPreference(seconds(wait.group(1))));
  }

  private static int seconds(@Nullable String text) {
    if (text == null
        || !text.strip().matches("\\d{1,9}")
        || Integer.parseInt(text.strip()) > MOST) {
      throw Problems.invalid(HEADER, "wait must be a number of seconds from 0 to " + MOST);
    }
    return Integer.parseInt(text.strip());
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
