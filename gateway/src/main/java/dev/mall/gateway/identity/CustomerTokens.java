package dev.mall.gateway.identity;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Conditional;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.stereotype.Component;

/**
 * Issues the tokens with which the shop's pages ask services in the name of the customer who is
 * logged in. They are not stored, and leave this process only towards the services.
 */
@Component
@Conditional(OwnIssuer.class)
public class CustomerTokens {

  /** Above the longest stream of a page. */
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  private final IdentityProperties identity;
  private final Accounts accounts;
  private final JwtEncoder encoder;

  CustomerTokens(IdentityProperties identity, Accounts accounts, JwtEncoder encoder) {
    this.identity = identity;
    this.accounts = accounts;
    this.encoder = encoder;
  }

  /**
   * Returns a token with the role of a customer alone, whatever other roles the account has.
   *
   * @throws AccessDeniedException if the account is disabled, or none of a customer any more
   */
  public String issue(String subject) {
    var account =
        accounts
            .withSubject(subject)
            .filter(Account::enabled)
            .filter(it -> it.roles().contains(Role.CUSTOMER))
            .orElseThrow(() -> new AccessDeniedException("no customer has this login any more"));
    var now = Instant.now();
    var claims =
        JwtClaimsSet.builder()
            .issuer(identity.issuer().toString())
            .subject(account.subject())
            .audience(List.of(identity.audience()))
            .issuedAt(now)
            .expiresAt(now.plus(LIFETIME))
            .claim("roles", List.of(Role.CUSTOMER.name()))
            .build();
    var header = JwsHeader.with(SignatureAlgorithm.RS256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
  }
}
