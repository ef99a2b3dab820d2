package dev.mall.launcher.tour;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An HTTP answer.
 *
 * @param request its method and path, for messages
 * @param status 0 if there was no answer; the body then says why
 * @param retryAfterSeconds of the header of that name; 0 without
 */
record HttpReply(String request, int status, JsonNode body, int retryAfterSeconds) {

  static HttpReply none(String request, String why) {
    return new HttpReply(request, 0, JsonNodeFactory.instance.stringNode(why), 0);
  }

  /** Nobody was there or had time; the request may have been done all the same. */
  boolean isLater() {
    return status == 0 || status == 503;
  }

  Duration retryAfter() {
    return Duration.ofSeconds(Math.max(1, retryAfterSeconds));
  }

  HttpReply expect(int... wanted) {
    if (Arrays.stream(wanted).noneMatch(each -> each == status)) {
      throw new UnexpectedReplyException(
          status == 0
              ? "%s got no answer: %s".formatted(request, body.asString())
              : "%s answered %d: %s".formatted(request, status, body));
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
