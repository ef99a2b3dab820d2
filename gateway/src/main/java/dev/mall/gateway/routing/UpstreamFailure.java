package dev.mall.gateway.routing;

import dev.mall.gateway.GatewayProblem;
import dev.mall.web.problem.BodyRefusedException;
import dev.mall.web.problem.Problems;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.ResourceAccessException;

/** Describes a failed call of a service to the client, who needs to know whether to repeat it. */
final class UpstreamFailure {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final String OUTCOME_UNKNOWN =
      "; the request may have been carried out: repeat it with the same Idempotency-Key";

  private UpstreamFailure() {}

  /** Empty if the service did not cause the failure. */
  static Optional<ErrorResponseException> problem(
      Upstream upstream, ResourceAccessException failure) {
    if (has(failure, BodyRefusedException.class) || has(failure, ClientAbortException.class)) {
      return Optional.empty();
    }
    var service = upstream.service();
    if (isUnreachable(failure)) {
      return Optional.of(
          Problems.retryLater(
              GatewayProblem.SERVICE_UNREACHABLE,
              service + " cannot be reached; nothing was done",
              RETRY_AFTER));
    }
    if (has(failure, HttpTimeoutException.class)) {
      return Optional.of(
          Problems.refusal(
              GatewayProblem.SERVICE_TIMEOUT,
              service + " did not answer in time" + OUTCOME_UNKNOWN));
    }
    return has(failure, IOException.class)
        ? Optional.of(
            Problems.refusal(
                GatewayProblem.SERVICE_FAILED,
                service + " closed the connection" + OUTCOME_UNKNOWN))
        : Optional.empty();
  }

  private static boolean isUnreachable(Throwable failure) {
    return has(failure, ConnectException.class)
        || has(failure, HttpConnectTimeoutException.class)
        || has(failure, UnknownHostException.class)
        || has(failure, UnresolvedAddressException.class);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(type::isInstance);
  }
}
