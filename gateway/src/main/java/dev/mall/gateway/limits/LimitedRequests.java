package dev.mall.gateway.limits;

import dev.mall.web.input.BearerToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which limits a request counts against. Paths are matched as the dispatcher matches them, so that
 * no spelling evades a limit.
 */
final class LimitedRequests {

  private static final List<PathPattern> HEALTH =
      patterns("/livez", "/readyz", "/actuator/health/**");
  private static final List<PathPattern> APIS = patterns("/api/**");
  private static final List<PathPattern> LOGIN = patterns("/login");
  private static final List<PathPattern> CREDENTIALS =
      patterns("/login", "/oauth2/token", "/oauth2/introspect", "/oauth2/revoke");

  /** Paths that may store a session before any login. */
  private static final List<PathPattern> SESSIONS =
      patterns(
          "/login",
          "/logout",
          "/oauth2/authorize",
          "/oauth2/device_verification",
          "/connect/logout",
          "/userinfo",
          "/welcome");

  /** Pages that store a session for a browser that has none, to return to after the login. */
  private static final List<PathPattern> PAGES = patterns("/cart", "/my/**");

  private final RateProperties rates;
  private final JwtDecoder tokens;

  LimitedRequests(RateProperties rates, JwtDecoder tokens) {
    this.rates = rates;
    this.tokens = tokens;
  }

  /**
   * A limit that a request counts against.
   *
   * @param name in headers and metrics
   * @param key whose requests are counted together
   */
  record Limit(String name, String key, Rate rate) {

    boolean isOfCredentials() {
      return name.equals("login") || name.equals("credentials");
    }
  }

  /** The limits of the client's address, which need nothing of the request but its path. */
  List<Limit> ofAddress(HttpServletRequest request) {
    var path = pathOf(request);
    var address = ClientAddress.keyOf(request.getRemoteAddr());
    var limits = new ArrayList<Limit>();
    if (!matches(HEALTH, path)) {
      limits.add(new Limit("address", address, rates.address()));
    }
    if (matches(SESSIONS, path) || (matches(PAGES, path) && !request.isRequestedSessionIdValid())) {
      limits.add(new Limit("session", address, rates.session()));
    }
    if (matches(CREDENTIALS, path) && isPost(request)) {
      limits.add(new Limit("credentials", address, rates.token()));
    }
    return limits;
  }

  /** The limits of the token's subject, and of the login name in the form. */
  List<Limit> ofCaller(HttpServletRequest request) {
    var path = pathOf(request);
    if (matches(APIS, path)) {
      return subjectOf(request).map(it -> new Limit("subject", it, rates.subject())).stream()
          .toList();
    }
    if (matches(LOGIN, path) && isPost(request)) {
      var address = ClientAddress.keyOf(request.getRemoteAddr());
      return Optional.ofNullable(request.getParameter("username"))
          .map(name -> new Limit("login", address + ":" + normal(name), rates.login()))
          .stream()
          .toList();
    }
    return List.of();
  }

  /** Of a valid token of the issuer; other credentials are for the services to judge. */
  private Optional<String> subjectOf(HttpServletRequest request) {
    try {
      return BearerToken.of(request).map(token -> tokens.decode(token.strip()).getSubject());
    } catch (JwtException _) {
      return Optional.empty();
    }
  }

  /** Trimmed like the login name that Spring Security reads. */
  private static String normal(String login) {
    var lower = login.trim().toLowerCase(Locale.ROOT);
    return lower.substring(0, Math.min(lower.length(), 64));
  }

  private static boolean isPost(HttpServletRequest request) {
    return "POST".equals(request.getMethod());
  }

  private static PathContainer pathOf(HttpServletRequest request) {
    return ServletRequestPathUtils.parse(request).pathWithinApplication();
  }

  private static boolean matches(List<PathPattern> patterns, PathContainer path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }

  private static List<PathPattern> patterns(String... paths) {
    return Stream.of(paths).map(PathPatternParser.defaultInstance::parse).toList();
  }
}
