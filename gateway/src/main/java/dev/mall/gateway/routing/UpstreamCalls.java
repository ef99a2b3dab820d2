package dev.mall.gateway.routing;

import dev.mall.web.logging.ThrottledLog;
import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.Problems;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Bounds the requests that wait for one service or its body, so that a slow service takes neither
 * threads nor connections from the others, and answers failed calls with a problem.
 */
final class UpstreamCalls implements HandlerFilterFunction<ServerResponse, ServerResponse> {

  private static final Logger log = LoggerFactory.getLogger(UpstreamCalls.class);
  private static final Duration SHED_FOR = Duration.ofSeconds(1);

  private final ThrottledLog throttled = new ThrottledLog();
  private final Upstream upstream;
  private final Semaphore permits;
  private final Counter rejected;
  private final Counter failed;

  UpstreamCalls(Upstream upstream, int atMost, MeterRegistry meters) {
    this.upstream = upstream;
    this.permits = new Semaphore(atMost);
    this.rejected = counter("rejected", "Requests refused because too many waited", meters);
    this.failed = counter("failed", "Requests that the service did not answer", meters);
    Gauge.builder("mall.gateway.upstream.waiting", () -> atMost - permits.availablePermits())
        .description("Requests that wait for the service's answer")
        .tag("upstream", upstream.service())
        .register(meters);
  }

  @Override
  public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    if (!permits.tryAcquire()) {
      rejected.increment();
      throw Problems.retryLater(
          CommonProblem.OVERRUN,
          "more requests at once than %s is sent".formatted(upstream.service()),
          SHED_FOR);
    }
    boolean answered = false;
    try {
      var answer = new PermittedAnswer(next.handle(request), permits);
      answered = true;
      return answer;
    } catch (ResourceAccessException failure) {
      throw answer(failure);
    } finally {
      if (!answered) {
        permits.release();
      }
    }
  }

  /** Holds the permit until the service's body has been passed on, which may take long. */
  private record PermittedAnswer(ServerResponse answer, Semaphore permits)
      implements ServerResponse {

    @Override
    public HttpStatusCode statusCode() {
      return answer.statusCode();
    }

    @Override
    public HttpHeaders headers() {
      return answer.headers();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
      return answer.cookies();
    }

    @Override
    public @Nullable ModelAndView writeTo(
        HttpServletRequest request, HttpServletResponse response, Context context)
        throws ServletException, IOException {
      try {
        return answer.writeTo(request, response, context);
      } finally {
        permits.release();
      }
    }
  }

  private RuntimeException answer(ResourceAccessException failure) {
    var problem = UpstreamFailure.problem(upstream, failure);
    if (problem.isEmpty()) {
      return failure;
    }
    failed.increment();
    var detail = problem.get().getBody().getDetail();
    throttled.count(times ->
        log.warn("{} requests failed, the last: {}: {}", times, detail, failure.toString()));
    return problem.get();
  }

  private Counter counter(String outcome, String description, MeterRegistry meters) {
    return Counter.builder("mall.gateway.upstream." + outcome)
        .description(description)
        .tag("upstream", upstream.service())
        .register(meters);
  }
}
