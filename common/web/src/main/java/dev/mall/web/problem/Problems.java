package dev.mall.web.problem;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Makes problem details of a {@link ProblemType}: as a value, for an exception handler to return,
 * or as an exception, to be thrown from anywhere below a request.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public final class Problems {

  private static final String ERRORS = "errors";

  private Problems() {}

  /**
   * @param detail what is wrong this time, for people
   */
  public static ProblemDetail problem(ProblemType type, String detail, FieldError... errors) {
    return problem(type, detail, List.of(errors));
  }

  /**
   * @param errors the values to blame; may be empty
   */
  public static ProblemDetail problem(ProblemType type, String detail, List<FieldError> errors) {
    var problem = ProblemDetail.forStatusAndDetail(type.status(), detail);
    problem.setType(type.uri());
    problem.setTitle(type.title());
    if (!errors.isEmpty()) {
      problem.setProperty(ERRORS, errors);
    }
    return problem;
  }

  /** The same as an exception. */
  public static ErrorResponseException refusal(
      ProblemType type, String detail, FieldError... errors) {
    return refusal(type, detail, List.of(errors));
  }

  /** The same as an exception. */
  public static ErrorResponseException refusal(
      ProblemType type, String detail, List<FieldError> errors) {
    return new ErrorResponseException(type.status(), problem(type, detail, errors), null);
  }

  /** A refusal of one value. */
  public static ErrorResponseException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** A refusal of several values. */
  public static ErrorResponseException invalid(List<FieldError> errors) {
    return refusal(CommonProblem.INVALID_REQUEST, Invalid.summary(errors), errors);
  }

  /** Says what a value of a type must look like; completes a {@link FieldError}. */
  public static String expected(@Nullable Class<?> type) {
    return Invalid.expected(type);
  }

  /**
   * A refusal that asks to try again.
   *
   * @param after sent as {@code Retry-After} in whole seconds, rounded up
   */
  public static ErrorResponseException retryLater(ProblemType type, String detail, Duration after) {
    var refusal = refusal(type, detail);
    retryAfter(refusal, after);
    return refusal;
  }

  static void retryAfter(ErrorResponseException refusal, Duration after) {
    refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds(after)));
  }

  /** Whether it has a type. */
  static boolean typed(ProblemDetail problem) {
    var type = problem.getType();
    return type != null && !"about:blank".equals(type.toString());
  }

  /** Names the requested path, and not the one of the error page. */
  static void locate(ProblemDetail problem, String path) {
    try {
      problem.setInstance(new URI(path));
    } catch (URISyntaxException _) {
      problem.setInstance(URI.create("about:blank")); // no handler has such a path
    }
  }

  private static long seconds(Duration after) {
    return Math.max(1, after.plusMillis(999).toSeconds());
  }
}
