package dev.mall.web.problem;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Recognizes failures that a client caused below the level of HTTP semantics. */
final class BrokenRequest {

  private BrokenRequest() {}

  /** Empty if the failure has another cause. */
  static Optional<ErrorResponse> problem(Throwable failure) {
    var refused = Causes.find(BodyRefusedException.class, failure);
    if (refused.isPresent()) {
      return refused.flatMap(body -> refusal(body.problem(), String.valueOf(body.getMessage())));
    }
    if (Causes.has(SocketTimeoutException.class, failure) && isOfTheClient(failure)) {
      return refusal(CommonProblem.REQUEST_TIMEOUT, "the body did not arrive in time");
    }
    if (Causes.has(InvalidParameterException.class, failure)) {
      return refusal(
          CommonProblem.BAD_REQUEST, "the query cannot be decoded, or has too many parameters");
    }
    return isOfTheClient(failure)
        ? refusal(CommonProblem.BAD_REQUEST, "the body cannot be read to its end")
        : Optional.empty();
  }

  private static boolean isOfTheClient(Throwable failure) {
    return failure instanceof EOFException // Tomcat reports both as they are to its error page
        || failure instanceof SocketTimeoutException
        || Causes.has(ClientAbortException.class, failure)
        || Causes.has(BadRequestException.class, failure)
        || Causes.has(AsyncRequestNotUsableException.class, failure)
        || (failure instanceof HttpMessageNotReadableException
            && failure.getCause() instanceof IOException);
  }

  private static Optional<ErrorResponse> refusal(CommonProblem type, String detail) {
    return Optional.of(Problems.refusal(type, detail));
  }
}
