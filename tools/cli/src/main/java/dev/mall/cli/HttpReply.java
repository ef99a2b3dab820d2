package dev.mall.cli;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The outcome of an HTTP request.
 *
 * @param request its method and address, for messages
 * @param status 0 without a response
 * @param retryAfterSeconds the header of that name; 0 without
 * @param failure why there is no response
 */
public record HttpReply(
    String request, int status, JsonNode body, int retryAfterSeconds, @Nullable Exception failure) {

  static HttpReply none(String request, Exception failure) {
    return new HttpReply(request, 0, JsonNodeFactory.instance.objectNode(), 0, failure);
  }

  /** No response, or the service is unavailable; the request may have been executed. */
  public boolean isLater() {
    return status == 0 || status == 503;
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** No process listens at the address, so the request was not executed. */
  public boolean isConnectionRefused() {
    return failure instanceof ConnectException;
  }

  public Duration retryAfter() {
    return Duration.ofSeconds(Math.max(1, retryAfterSeconds));
  }

  /**
   * Returns this reply if its status is one of {@code wanted}.
   *
   * @throws UnexpectedReplyException otherwise
   */
  public HttpReply expect(int... wanted) {
    if (Arrays.stream(wanted).noneMatch(each -> each == status)) {
      throw new UnexpectedReplyException(toString());
    }
    return this;
  }

  /** The last segment of the problem's type. */
  public Optional<String> problem() {
    return body.path("type").asStringOpt().map(type -> type.substring(type.lastIndexOf('/') + 1));
  }

  public String text(String name) {
    return body.path(name).asString("");
  }

  public long number(String name) {
    return body.path(name).asLong(0);
  }

  @Override
  public String toString() {
    return status == 0
        ? "%s got no answer: %s".formatted(request, failure)
        : "%s answered %d: %s".formatted(request, status, body);
  }
}
