package dev.mall.web.operator;

import dev.mall.web.input.BearerToken;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Lets only the operator through to some paths, or to the whole port: by the shared token or, where
 * the service judges tokens, by an access token, whose subject the request is attributed to. There
 * the shared token reads and changes nothing.
 */
final class OperatorTokenFilter extends OncePerRequestFilter {

  private static final String ACTUATOR = "/actuator/**";
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final byte[] token;
  private final List<PathPattern> guarded;
  private final List<PathPattern> open;
  private final Optional<OperatorAccess> access;
  private final WrongTokens guesses;
  private final HandlerExceptionResolver problems;

  OperatorTokenFilter(
      OperatorProperties operator,
      List<String> paths,
      Optional<OperatorAccess> access,
      MeterRegistry meters,
      HandlerExceptionResolver problems) {
    this.token = operator.token().getBytes(StandardCharsets.UTF_8);
    this.guarded = patterns(Stream.concat(Stream.of(ACTUATOR), paths.stream()));
    this.open = patterns(operator.openPaths().stream());
    this.access = access;
    this.guesses = new WrongTokens(meters);
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!needsToken(request)) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletRequest admitted;
    try {
      admitted =
          BearerToken.of(request)
              .flatMap(token -> admit(request, token))
              .orElseThrow(() -> refusal(request));
    } catch (ErrorResponseException refusal) {
      problems.resolveException(request, response, null, refusal);
      return;
    }
    chain.doFilter(admitted, response);
  }

  /** Empty if the token is wrong. */
  private Optional<HttpServletRequest> admit(HttpServletRequest request, String token) {
    if (isShared(token)) {
      return Optional.of(request)
          .filter(it -> access.isEmpty() || READING.contains(it.getMethod()));
    }
    return access
        .flatMap(it -> it.admit(request.getMethod(), token))
        .map(operator -> new AttributedRequest(request, operator));
  }

  private ErrorResponseException refusal(HttpServletRequest request) {
    if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
      guesses.count();
    }
    var needed = access.isEmpty() ? "operator's token" : "access token of an operator";
    var refusal =
        Problems.refusal(
            CommonProblem.UNAUTHORIZED,
            "send the header Authorization: Bearer <%s>".formatted(needed));
    refusal.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"mall operator\"");
    return refusal;
  }

  private boolean needsToken(HttpServletRequest request) {
    // the path as the dispatcher itself will match it, so that no spelling slips past
    var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    return anyOf(guarded, path) && !anyOf(open, path);
  }

  /** Takes as long for a wrong token as for the right one. */
  private boolean isShared(String other) {
    return token.length > 0 && MessageDigest.isEqual(token, other.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean anyOf(List<PathPattern> patterns, PathContainer path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }

  private static List<PathPattern> patterns(Stream<String> paths) {
    return paths.map(PathPatternParser.defaultInstance::parse).toList();
  }
}
