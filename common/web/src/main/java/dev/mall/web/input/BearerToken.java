package dev.mall.web.input;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** The token of the header {@code Authorization: Bearer}. */
public final class BearerToken {

  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** Empty without the header, and where it is of another scheme; as it was sent, not stripped. */
  public static Optional<String> of(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()));
  }
}
