package dev.mall.web.problem;

import org.springframework.http.HttpStatus;

/** The problems that any service may answer with. */
public enum CommonProblem implements ProblemType {
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request makes no sense"),
  MALFORMED_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "A value is missing or not allowed"),
  UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "The operator's token is needed"),
  CROSS_ORIGIN(HttpStatus.FORBIDDEN, "Cross-origin requests are not allowed"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed here"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "There is only JSON here"),
  REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The request arrived too slowly"),
  BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
  NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED, "The method or the coding is not supported"),
  HTTP_VERSION_NOT_SUPPORTED(
      HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "The HTTP version is not supported"),
  OVERRUN(HttpStatus.SERVICE_UNAVAILABLE, "Too many requests at once"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Cannot be done just now");

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
  static CommonProblem of(int status) {
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
