package dev.mall.web.limits;

import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Refuses bodies that are declared to be anything but plain JSON in UTF-8. */
final class BodyFormat {

  private BodyFormat() {}

  /**
   * @throws org.springframework.web.ErrorResponseException 415
   */
  static void check(HttpServletRequest request) {
    var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      throw refusal("a Content-Encoding is not supported");
    }
    var type = parse(request.getHeader(HttpHeaders.CONTENT_TYPE));
    if (type != null && !type.isConcrete()) {
      throw refusal("Content-Type must not contain a wildcard");
    }
    if (type != null && !inUtf8(type)) {
      throw refusal("the charset must be UTF-8");
    }
  }

  private static @Nullable MediaType parse(@Nullable String contentType) {
    try {
      return contentType == null ? null : MediaType.parseMediaType(contentType);
    } catch (InvalidMediaTypeException _) {
      throw refusal("Content-Type cannot be read");
    }
  }

  private static boolean inUtf8(MediaType type) {
    var charset = type.getCharset();
    return charset == null
        || charset.equals(StandardCharsets.UTF_8)
        || charset.equals(StandardCharsets.US_ASCII);
  }

  private static RuntimeException refusal(String detail) {
    return Problems.refusal(CommonProblem.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}
