package dev.mall.security;

import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import dev.mall.web.problem.Problems;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.ErrorResponseException;

/**
 * Verifies tokens: signature, issuer, audience, expiry. Keys are cached, and known keys are used
 * for a bounded time while the issuer does not answer.
 */
final class TokenVerifier implements JwtDecoder {

  /** As of customers' ids, which subjects of customers are. */
  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final long KEY_TIMEOUT_MILLIS = 5_000;
  private static final long SHORTEST_READ_INTERVAL_MILLIS = 5_000;

  private final IssuerKeys issuerKeys;
  private final NimbusJwtDecoder decoder;

  TokenVerifier(SecurityProperties security, IssuerKeys issuerKeys) {
    this.issuerKeys = issuerKeys;
    this.decoder = NimbusJwtDecoder.withJwkSource(cached(security, issuerKeys)).build();
    decoder.setJwtValidator(
        JwtValidators.createDefaultWithValidators(
            List.of(
                type(),
                expiry(),
                new JwtIssuerValidator(security.issuer()),
                new JwtAudienceValidator(security.audience()))));
  }

  /** Issuers name no type, that of any JWT, or that of access tokens (RFC 9068). */
  private static JwtTypeValidator type() {
    var type = new JwtTypeValidator("JWT", "at+jwt");
    type.setAllowEmpty(true);
    return type;
  }

  /** A token without an expiry would never expire. */
  private static JwtTimestampValidator expiry() {
    var expiry = new JwtTimestampValidator();
    expiry.setAllowEmptyExpiryClaim(false);
    return expiry;
  }

  /**
   * Empty if the token is not valid.
   *
   * @param token as it was sent
   * @throws ErrorResponseException 503, if no keys are known
   */
  Optional<Caller> callerOf(String token) {
    try {
      return verify(token.strip());
    } catch (JwtException _) {
      throw Problems.retryLater(
          SecurityProblem.ISSUER_UNAVAILABLE, "the issuer's keys are not known", RETRY_AFTER);
    }
  }

  /**
   * Empty if the token is not valid.
   *
   * @throws org.springframework.security.oauth2.jwt.JwtException if no keys are known
   */
  Optional<Caller> verify(String token) {
    try {
      return Optional.of(decode(token)).flatMap(TokenVerifier::caller);
    } catch (BadJwtException _) {
      return Optional.empty();
    } catch (JwtException failure) {
      if (failure.getCause() instanceof RateLimitReachedException
          && issuerKeys.isUnknown(keyIdOf(token))) {
        return Optional.empty(); // the keys were read for such a token a moment ago
      }
      throw failure;
    }
  }

  @Override
  public Jwt decode(String token) {
    return decoder.decode(token);
  }

  private static @Nullable String keyIdOf(String token) {
    try {
      return SignedJWT.parse(token).getHeader().getKeyID();
    } catch (ParseException _) {
      return null;
    }
  }

  /** Empty without a subject that can be a customer's id. */
  private static Optional<Caller> caller(Jwt token) {
    var roles = token.getClaims().get("roles") instanceof List<?> named ? named : List.of();
    return Optional.ofNullable(token.getSubject())
        .filter(subject -> SUBJECT.matcher(subject).matches())
        .map(subject ->
            new Caller(
                subject,
                Arrays.stream(Role.values())
                    .filter(role -> roles.contains(role.name()))
                    .collect(Collectors.toUnmodifiableSet())));
  }

  /** A token with an unknown key makes the keys be read again, but not more often than limited. */
  private static JWKSource<SecurityContext> cached(
      SecurityProperties security, JWKSetSource<SecurityContext> issuerKeys) {
    return JWKSourceBuilder.create(issuerKeys)
        .cache(security.keysRefreshedEvery().toMillis(), KEY_TIMEOUT_MILLIS)
        .refreshAheadCache(false)
        .rateLimited(SHORTEST_READ_INTERVAL_MILLIS)
        .outageTolerant(security.keysKeptFor().toMillis())
        .build();
  }
}
