package dev.mall.security;

import dev.mall.security.AccessRules.Asked;
import dev.mall.security.AccessRules.Decision;
import dev.mall.web.input.BearerToken;
import dev.mall.web.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Judges each request by its token and the service's rules. */
final class BearerTokenFilter extends OncePerRequestFilter {

  /** Guarded by the operator's token or by nothing, as elsewhere. */
  private static final List<PathPattern> NOT_JUDGED =
      List.of("/actuator/**", "/livez", "/readyz", "/error", "/v3/api-docs/**", "/swagger-ui/**")
          .stream()
          .map(PathPatternParser.defaultInstance::parse)
          .toList();

  private final TokenVerifier tokens;
  private final AccessRules rules;
  private final HandlerExceptionResolver problems;

  BearerTokenFilter(TokenVerifier tokens, AccessRules rules, HandlerExceptionResolver problems) {
    this.tokens = tokens;
    this.rules = rules;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // the path as the dispatcher itself will match it, so that no spelling slips past
    var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    if (NOT_JUDGED.stream().noneMatch(pattern -> pattern.matches(path))) {
      var refusal = judge(request, path);
      if (refusal.isPresent()) {
        problems.resolveException(request, response, null, refusal.get());
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private Optional<ErrorResponseException> judge(HttpServletRequest request, PathContainer path) {
    var asked = new Asked(request.getMethod(), path, name -> valuesOf(name, request));
    if (rules.isOpen(asked)) {
      return Optional.empty(); // also while no token can be verified
    }
    Optional<Caller> caller;
    try {
      caller = BearerToken.of(request).flatMap(tokens::callerOf);
    } catch (ErrorResponseException issuerUnavailable) {
      return Optional.of(issuerUnavailable);
    }
    var decision = rules.decide(asked, caller);
    caller.ifPresent(known -> Callers.set(request, known, decision));
    return refusal(decision, request);
  }

  static ErrorResponseException forbidden() {
    return Problems.refusal(
        SecurityProblem.FORBIDDEN, "the token's roles do not allow this request");
  }

  private static Optional<ErrorResponseException> refusal(
      Decision decision, HttpServletRequest request) {
    return switch (decision) {
      case ALLOWED, ALLOWED_TO_OWNER -> Optional.empty();
      case FORBIDDEN -> Optional.of(forbidden());
      case TOKEN_REQUIRED -> Optional.of(tokenRequired(request));
    };
  }

  private static ErrorResponseException tokenRequired(HttpServletRequest request) {
    boolean sent = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    var refusal =
        Problems.refusal(
            SecurityProblem.TOKEN_REQUIRED,
            sent
                ? "the token is malformed, expired, or of another issuer or audience"
                : "send the header Authorization: Bearer <access token>");
    refusal
        .getHeaders()
        .set(
            HttpHeaders.WWW_AUTHENTICATE,
            sent ? "Bearer realm=\"mall\", error=\"invalid_token\"" : "Bearer realm=\"mall\"");
    return refusal;
  }

  private static List<String> valuesOf(String parameter, HttpServletRequest request) {
    return Optional.ofNullable(request.getParameterValues(parameter))
        .map(List::of)
        .orElse(List.of());
  }
}
