package dev.mall.gateway.limits;

import dev.mall.gateway.GatewayProblem;
import dev.mall.gateway.limits.Rate.Decision;
import dev.mall.web.logging.ThrottledLog;
import dev.mall.web.problem.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses requests over a rate with 429, and says in {@code RateLimit} headers what is left.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">headers</a>
 */
final class RateLimitFilter extends OncePerRequestFilter {

  private static final Logger log = LoggerFactory.getLogger(RateLimitFilter.class);

  private final ThrottledLog throttled = new ThrottledLog();
  private final LimitedRequests requests;
  private final Rates rates;
  private final MeterRegistry meters;
  private final HandlerExceptionResolver problems;

  RateLimitFilter(
      LimitedRequests requests,
      Rates rates,
      MeterRegistry meters,
      HandlerExceptionResolver problems) {
    this.requests = requests;
    this.rates = rates;
    this.meters = meters;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // a form and a token are read only after the address has been counted
    if (allows(requests.ofAddress(request), request, response)
        && allows(requests.ofCaller(request), request, response)) {
      chain.doFilter(request, response);
    }
  }

  private boolean allows(
      List<LimitedRequests.Limit> limits,
      HttpServletRequest request,
      HttpServletResponse response) {
    for (var limit : limits) {
      var decision = rates.take(limit.name() + ":" + limit.key(), limit.rate());
      describe(limit, decision, response);
      if (!decision.allowed()) {
        refuse(limit, decision, request, response);
        return false;
      }
    }
    return true;
  }

  /** Of several limits, the last and narrowest is described. */
  private static void describe(
      LimitedRequests.Limit limit, Decision decision, HttpServletResponse response) {
    var rate = limit.rate();
    response.setHeader(
        "RateLimit-Policy",
        "\"%s\";q=%d;w=%d"
            .formatted(limit.name(), rate.burst(), seconds(rate.recovery().toMillis())));
    response.setHeader(
        "RateLimit",
        "\"%s\";r=%d;t=%d"
            .formatted(limit.name(), decision.remaining(), seconds(decision.resetMillis())));
  }

  private void refuse(
      LimitedRequests.Limit limit,
      Decision decision,
      HttpServletRequest request,
      HttpServletResponse response) {
    meters.counter("mall.gateway.rate.limited", "limit", limit.name()).increment();
    if (limit.isOfCredentials()) {
      throttled.count(times ->
          log.warn(
              "{} requests tried too many credentials, the last from {} (limit {})",
              times,
              request.getRemoteAddr(),
              limit.name()));
    }
    var refusal =
        Problems.retryLater(
            GatewayProblem.RATE_LIMITED,
            "more requests than the limit '%s' allows".formatted(limit.name()),
            Duration.ofMillis(decision.retryMillis()));
    problems.resolveException(request, response, null, refusal);
  }

  private static long seconds(long millis) {
    return (millis + 999) / 1000;
  }
}
