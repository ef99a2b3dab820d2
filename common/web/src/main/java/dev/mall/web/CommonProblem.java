package dev.mall.web;

import org.springframework.http.HttpStatus;

/** The problems that any service may answer with. */
public enum CommonProblem implements ProblemType {
  BAD_REQUEST("bad-request", HttpStatus.BAD_REQUEST, "The request makes no sense"),
  MALFORMED_BODY("malformed-body", HttpStatus.BAD_REQUEST, "The body cannot be read"),
  INVALID_REQUEST("invalid-request", HttpStatus.BAD_REQUEST, "A value is missing or not allowed"),
  UNAUTHORIZED("unauthorized", HttpStatus.UNAUTHORIZED, "The operator's token is needed"),
  NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is nothing here"),
  METHOD_NOT_ALLOWED(
      "method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed here"),
  NOT_ACCEPTABLE("not-acceptable", HttpStatus.NOT_ACCEPTABLE, "There is only JSON here"),
  BODY_TOO_LARGE("body-too-large", HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(
      "unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON"),
  INTERNAL("internal", HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
  UNAVAILABLE("unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Cannot be done just now");

  private final String slug;
  private final HttpStatus status;
  private final String title;

  CommonProblem(String slug, HttpStatus status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  @Override
  public String slug() {
    return slug;
  }

  @Override
  public HttpStatus status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  /** The problem that best tells of {@code status}, for errors that nobody gave a type. */
  static CommonProblem of(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 503 -> UNAVAILABLE;
      default -> status >= 500 ? INTERNAL : BAD_REQUEST;
    };
  }
}
