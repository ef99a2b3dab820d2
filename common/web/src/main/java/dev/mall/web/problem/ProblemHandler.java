package dev.mall.web.problem;

import static org.springframework.web.context.request.RequestAttributes.SCOPE_REQUEST;

import jakarta.servlet.RequestDispatcher;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every exception of a request with a problem detail. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemHandler extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration SHED_FOR = Duration.ofSeconds(1);

  @ExceptionHandler
  @Nullable ResponseEntity<Object> onAnythingElse(Exception failure, WebRequest request) {
    if (Causes.has(CloseNowException.class, failure)) {
      log.debug("closed a connection", failure);
      return null; // answered before
    }
    var answer = answerTo(failure);
    return handleExceptionInternal(
        failure, answer.getBody(), answer.getHeaders(), answer.getStatusCode(), request);
  }

  private static ErrorResponse answerTo(Exception failure) {
    if (failure instanceof RequestRefused refused) {
      return refused.answer();
    }
    var fault = BrokenRequest.problem(failure);
    if (fault.isPresent()) {
      log.debug("answered {}", fault.get().getStatusCode(), failure);
      return fault.get();
    }
    if (Causes.has(OverrunException.class, failure)) {
      return Problems.retryLater(
          CommonProblem.OVERRUN, "more requests at once than can be served", SHED_FOR);
    }
    if (Causes.environment(failure)) {
      log.warn("answered 503: {}", Causes.innermost(failure).toString());
      return Problems.retryLater(
          CommonProblem.UNAVAILABLE, "what this needs is not answering; try again", RETRY_AFTER);
    }
    log.error("answered 500", failure);
    return Problems.refusal(CommonProblem.INTERNAL, "this is our fault; it has been logged");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var problem =
        BrokenRequest.problem(ex)
            .map(ErrorResponse::getBody)
            .orElseGet(
                () -> Problems.problem(CommonProblem.MALFORMED_BODY, "a JSON body is needed"));
    return handleExceptionInternal(
        ex, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return invalid(ex, Invalid.fields(ex), headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return invalid(ex, Invalid.fields(ex), headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return invalid(ex, Invalid.fields(ex), headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return invalid(ex, Invalid.fields(ex), headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleServletRequestBindingException(
      ServletRequestBindingException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return invalid(ex, Invalid.fields(ex), headers, request);
  }

  /** Tomcat refuses a body that it cannot read before its reader learns of it. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception ex,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (BrokenRequest.problem(ex).isPresent() && isAnswered(request)) {
      log.debug("answered by Tomcat", ex);
      return null;
    }
    return super.handleExceptionInternal(ex, body, headers, status, request);
  }

  private static boolean isAnswered(WebRequest request) {
    var response = request instanceof ServletWebRequest servlet ? servlet.getResponse() : null;
    return response != null && response.isCommitted();
  }

  private @Nullable ResponseEntity<Object> invalid(
      Exception ex, List<FieldError> errors, HttpHeaders headers, WebRequest request) {
    var problem = Problems.problem(CommonProblem.INVALID_REQUEST, Invalid.summary(errors), errors);
    return handleExceptionInternal(
        ex, problem, headers, CommonProblem.INVALID_REQUEST.status(), request);
  }

  /** Every answer passes here; what has no type yet is given the one of its status. */
  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (body instanceof ProblemDetail problem && !Problems.typed(problem)) {
      var type = CommonProblem.of(status.value());
      problem.setType(type.uri());
      problem.setTitle(type.title());
      problem.setDetail(detail(type, problem));
    }
    if (body instanceof ProblemDetail problem
        && request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI, SCOPE_REQUEST)
            instanceof String path) {
      Problems.locate(problem, path);
    }
    return super.createResponseEntity(body, completed(headers, status), status, request);
  }

  /** Spring's own words about a missing path speak of its static resources. */
  private static String detail(CommonProblem type, ProblemDetail problem) {
    return type == CommonProblem.NOT_FOUND
        ? "nothing is at this path"
        : Objects.requireNonNullElse(problem.getDetail(), type.title());
  }

  /** The media type is set here because Spring would derive it from an Accept header. */
  private static HttpHeaders completed(HttpHeaders given, HttpStatusCode status) {
    var headers = new HttpHeaders();
    headers.putAll(given);
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status.value() == 503 && !headers.containsHeader(HttpHeaders.RETRY_AFTER)) {
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
    }
    return headers;
  }
}
