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

  private static final Set<Integer> SERVER_ERRORS = Set.of(501, 503, 505);

  private final Violations violations;

  AnswerRules(Violations violations) {
    this.violations = violations;
  }

  void judge(
      ApiOperation operation, RawRequest request, RawConnection.Answer answer, String number) {
    var sample = "  %s%n    > %s%n    < %s".formatted(number, request, answer);
    int status = answer.status();
    if (status >= 500 && !SERVER_ERRORS.contains(status)) {
      violations.add("%s: answered %d".formatted(operation, status), sample);
    }
    if (answer.took().compareTo(LONGEST) > 0) {
      violations.add("%s: took more than %s".formatted(operation, LONGEST), sample);
    }
    if (status >= 400 && !request.method.equals("HEAD") && !isProblem(answer)) {
      violations.add("%s: %d without a problem".formatted(operation, status), sample);
    }
    if (request.asksOperation && !documented(operation, answer)) {
      var kind = "%s: %d %s is not documented";
      violations.add(kind.formatted(operation, status, answer.mediaType()), sample);
    }
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
