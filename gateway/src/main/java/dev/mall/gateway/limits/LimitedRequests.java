package dev.mall.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Which limits a request counts against. */
final class LimitedRequests {

  private static final String SCHEME = "Bearer ";
  private static final Set<String> CREDENTIALS =
      Set.of("/login", "/oauth2/token", "/oauth2/introspect", "/oauth2/revoke");

  private final RateProperties rates;
  private final JwtDecoder tokens;

  LimitedRequests(RateProperties rates, JwtDecoder tokens) {
    this.rates = rates;
    this.tokens = tokens;
  }

  /**
   * @param name in headers and metrics
   * @param key whose requests are counted together
   */
  record Limit(String name, String key, Rate rate) {

    boolean isOfCredentials() {
      return name.equals("login") || name.equals("credentials");
    }
  }

  List<Limit> limitsOf(HttpServletRequest request) {
    var path = request.getRequestURI();
    var address = request.getRemoteAddr();
    var limits = new ArrayList<Limit>();
    if (path.startsWith("/api/")) {
      limits.add(new Limit("address", address, rates.address()));
      subjectOf(request)
          .ifPresent(subject -> limits.add(new Limit("subject", subject, rates.subject())));
    } else if (CREDENTIALS.contains(path) && "POST".equals(request.getMethod())) {
      limits.add(new Limit("credentials", address, rates.token()));
      var name = request.getParameter("username");
      if (path.equals("/login") && name != null) {
        limits.add(new Limit("login", address + ":" + normal(name), rates.login()));
      }
    }
    return limits;
  }

  /** Of a valid token of this gateway; other credentials are for the services to judge. */
  private Optional<String> subjectOf(HttpServletRequest request) {
    var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          tokens.decode(authorization.substring(SCHEME.length()).strip()).getSubject());
    } catch (JwtException _) {
      return Optional.empty();
    }
  }

  private static String normal(String login) {
    var lower = login.toLowerCase(Locale.ROOT);
    return lower.substring(0, Math.min(lower.length(), 64));
  }
}
