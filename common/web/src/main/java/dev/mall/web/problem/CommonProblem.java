package dev.mall.web.problem;

import org.springframework.http.HttpStatus;

/** The problems that any service may answer with. */
public enum CommonProblem implements ProblemType {
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "Bad request"),
  MALFORMED_BODY(HttpStatus.BAD_REQUEST, "Malformed body"),
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request"),
  UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "Operator token required"),
  CROSS_ORIGIN(HttpStatus.FORBIDDEN, "Cross-origin request not allowed"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Only JSON is available"),
  REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "Request timeout"),
  BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Body too large"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error"),
  NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED, "Not implemented"),
  HTTP_VERSION_NOT_SUPPORTED(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "HTTP version not supported"),
  OVERRUN(HttpStatus.SERVICE_UNAVAILABLE, "Too many requests at once"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Temporarily unavailable");

  private final HttpStatus status;
  private final String title;

  CommonProblem(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public HttpStatus status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  /** The problem that fits {@code status} best, for errors without a type. */
  public static CommonProblem of(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> REQUEST_TIMEOUT;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 501 -> NOT_IMPLEMENTED;
      case 505 -> HTTP_VERSION_NOT_SUPPORTED;
      case 503 -> UNAVAILABLE;
      default -> status >= 500 ? INTERNAL : BAD_REQUEST;
    };
  }
}
