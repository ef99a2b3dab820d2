package dev.mall.system;

import java.time.Duration;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules that every answer keeps, whatever was asked. */
final class AnswerRules {

  static final Duration LONGEST = Duration.ofSeconds(5);

  private static final String PROBLEM = "application/problem+json";

  /** Refusals of HTTP itself: see the description of every OpenAPI document. */
  private static final Set<Integer> OF_HTTP =
      Set.of(400, 403, 404, 405, 408, 413, 414, 415, 431, 501, 505);

  /** Given by an operation itself, to a request that it has read. */
  private static final Set<Integer> OF_HANDLERS = Set.of(409, 412, 422);

  private static final Set<Integer> SERVER_ERRORS = Set.of(501, 503, 505);

  private final Violations violations;

  AnswerRules(Violations violations) {
    this.violations = violations;
  }

  /** Rules of an answer to anything; {@code name} groups the violations. */
  void judge(String name, String number, RawRequest request, RawConnection.Answer answer) {
    int status = answer.status();
    if (status >= 500 && !SERVER_ERRORS.contains(status)) {
      add("%s: answered %d".formatted(name, status), number, request, answer);
    }
    if (answer.took().compareTo(LONGEST) > 0) {
      add("%s: took more than %s".formatted(name, LONGEST), number, request, answer);
    }
    if (status >= 400 && !request.method.equals("HEAD") && !isProblem(answer)) {
      add("%s: %d without a problem".formatted(name, status), number, request, answer);
    }
  }

  void judge(
      ApiOperation operation, String number, RawRequest request, RawConnection.Answer answer) {
    judge(operation.toString(), number, request, answer);
    if (request.asksOperation && !documented(operation, answer)) {
      var kind = "%s: %d %s is not documented";
      add(kind.formatted(operation, answer.status(), answer.mediaType()), number, request, answer);
    }
  }

  /**
   * Rules for a sender that the operation is not for.
   *
   * @param refusal 401 or 403: the answer to a valid request; HTTP itself may refuse others
   */
  void judgeRefusal(
      ApiOperation operation,
      int refusal,
      String number,
      RawRequest request,
      RawConnection.Answer answer) {
    judge(operation, number, request, answer);
    int status = answer.status();
    boolean served = status < 300 && asks(request, operation.method());
    boolean refused =
        request.valid ? status == refusal : status >= 400 && !OF_HANDLERS.contains(status);
    if (served || (request.asksOperation && !refused)) {
      add("%s: answered %d".formatted(operation, status), number, request, answer);
    }
  }

  private static boolean asks(RawRequest request, String method) {
    return request.method.equals(method) || (method.equals("GET") && request.method.equals("HEAD"));
  }

  private void add(String kind, String number, RawRequest request, RawConnection.Answer answer) {
    violations.add(kind, "  %s%n    > %s%n    < %s".formatted(number, request, answer));
  }

  private static boolean documented(ApiOperation operation, RawConnection.Answer answer) {
    var mediaTypes = operation.responses().get(answer.status());
    if (mediaTypes == null) {
      return OF_HTTP.contains(answer.status()) && answer.mediaType().equals(PROBLEM);
    }
    return mediaTypes.contains(answer.mediaType())
        || (mediaTypes.isEmpty() && answer.body().isEmpty());
  }

  private static boolean isProblem(RawConnection.Answer answer) {
    try {
      var body = JsonMapper.shared().readTree(answer.body());
      return answer.mediaType().equals(PROBLEM)
          && hasText(body, "type")
          && hasText(body, "title")
          && body.path("status").asInt(0) == answer.status();
    } catch (JacksonException _) {
      return false;
    }
  }

  private static boolean hasText(JsonNode body, String field) {
    return !body.path(field).asString("").isBlank();
  }
}
