package dev.mall.web.operator;

import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Lets only the operator through to some paths, or to the whole port. */
final class OperatorTokenFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";
  private static final String ACTUATOR = "/actuator/**";

  private final byte[] token;
  private final List<PathPattern> guarded;
  private final List<PathPattern> open;
  private final WrongTokens guesses;
  private final HandlerExceptionResolver problems;

  OperatorTokenFilter(
      OperatorProperties operator,
      List<String> paths,
      MeterRegistry meters,
      HandlerExceptionResolver problems) {
    this.token = operator.token().getBytes(StandardCharsets.UTF_8);
    this.guarded = patterns(Stream.concat(Stream.of(ACTUATOR), paths.stream()));
    this.open = patterns(operator.openPaths().stream());
    this.guesses = new WrongTokens(meters);
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (!needsToken(request) || matches(authorization)) {
      chain.doFilter(request, response);
      return;
    }
    if (authorization != null) {
      guesses.count();
    }
    var refusal =
        Problems.refusal(
            CommonProblem.UNAUTHORIZED, "send the header Authorization: Bearer <operator's token>");
    refusal.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"mall operator\"");
    problems.resolveException(request, response, null, refusal);
  }

  private boolean needsToken(HttpServletRequest request) {
    // the path as the dispatcher itself will match it, so that no spelling slips past
    var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    return anyOf(guarded, path) && !anyOf(open, path);
  }

  /** Takes as long for a wrong token as for the right one. */
  private boolean matches(@Nullable String authorization) {
    return authorization != null
        && token.length > 0
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            token, authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean anyOf(List<PathPattern> patterns, PathContainer path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }

  private static List<PathPattern> patterns(Stream<String> paths) {
    return paths.map(PathPatternParser.defaultInstance::parse).toList();
  }
}
