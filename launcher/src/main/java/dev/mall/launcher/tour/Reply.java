package dev.mall.launcher.tour;

import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP answer.
 *
 * @param request its method and path, for messages
 * @param retryAfterSeconds of the header of that name; 0 without
 */
record Reply(String request, int status, JsonNode body, int retryAfterSeconds) {

  Reply expect(int... wanted) {
    if (Arrays.stream(wanted).noneMatch(each -> each == status)) {
      throw new UnexpectedReplyException(
          "%s answered %d: %s".formatted(request, status, body.toString()));
    }
    return this;
  }

  /** The last part of the problem's type. */
  Optional<String> problem() {
    return body.path("type").asStringOpt().map(type -> type.substring(type.lastIndexOf('/') + 1));
  }

  String text(String name) {
    return body.path(name).asString("");
  }

  long number(String name) {
    return body.path(name).asLong(0);
  }
}
