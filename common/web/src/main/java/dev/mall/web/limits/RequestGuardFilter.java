package dev.mall.web.limits;

import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Refuses requests that no handler should meet: headers over a limit, queries that cannot be
 * decoded, paths with dot segments, unreadable {@code Accept} and {@code Content-Type} headers,
 * cross-origin preflights. It also sets the security headers of every answer.
 */
final class RequestGuardFilter extends OncePerRequestFilter {

  private static final HeaderContentNegotiationStrategy accept =
      new HeaderContentNegotiationStrategy();

  private final long maxHeader;
  private final long maxBody;
  private final HandlerExceptionResolver problems;

  RequestGuardFilter(WebProperties web, HandlerExceptionResolver problems) {
    this.maxHeader = web.maxHeader().toBytes();
    this.maxBody = web.maxBody().toBytes();
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    try {
      check(request);
    } catch (HttpMediaTypeNotAcceptableException | RuntimeException refusal) {
      problems.resolveException(request, response, null, refusal);
      return;
    }
    chain.doFilter(request, response);
  }

  private void check(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
    refuseLongHeaders(request);
    request.getParameterMap(); // fails if the query cannot be decoded
    refuseDotSegments(request);
    refusePreflight(request);
    accept.resolveMediaTypes(new ServletWebRequest(request));
    BodyFormat.check(request);
    refuseLongBody(request);
  }

  private void refuseLongBody(HttpServletRequest request) {
    if (request.getContentLengthLong() > maxBody) {
      throw Problems.refusal(
          CommonProblem.BODY_TOO_LARGE, "the body is longer than %d bytes".formatted(maxBody));
    }
  }

  private void refuseLongHeaders(HttpServletRequest request) {
    for (var name : Collections.list(request.getHeaderNames())) {
      for (var value : Collections.list(request.getHeaders(name))) {
        if (value.length() > maxHeader) {
          throw Problems.refusal(
              CommonProblem.BAD_REQUEST, "a header is longer than %d bytes".formatted(maxHeader));
        }
      }
    }
  }

  /** Clients and proxies resolve these before they send a path; handlers would not. */
  private static void refuseDotSegments(HttpServletRequest request) {
    var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    for (var element : path.elements()) {
      if (element instanceof org.springframework.http.server.PathContainer.PathSegment segment
          && (segment.valueToMatch().equals(".") || segment.valueToMatch().equals(".."))) {
        throw Problems.refusal(CommonProblem.NOT_FOUND, "a path may not contain dot segments");
      }
    }
  }

  private static void refusePreflight(HttpServletRequest request) {
    if (CorsUtils.isPreFlightRequest(request)) {
      throw Problems.refusal(
          CommonProblem.CROSS_ORIGIN, "pages of other origins may not call this service");
    }
  }
}
