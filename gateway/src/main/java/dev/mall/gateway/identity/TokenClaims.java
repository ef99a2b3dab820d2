package dev.mall.gateway.identity;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Conditional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/**
 * Adds audience and roles to access tokens. Roles are read for each token, so that a refreshed
 * token has those of today, and a disabled account gets none.
 */
@Component
@Conditional(OwnIssuer.class)
class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

  private final IdentityProperties identity;
  private final Accounts accounts;

  TokenClaims(IdentityProperties identity, Accounts accounts) {
    this.identity = identity;
    this.accounts = accounts;
  }

  @Override
  public void customize(JwtEncodingContext context) {
    if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
      context
          .getClaims()
          .audience(storable(List.of(identity.audience())))
          .claim("roles", storable(rolesOf(context)));
    }
  }

  /** Claims are stored with the authorization, as JSON that admits only well-known list types. */
  private static List<String> storable(List<String> values) {
    return new ArrayList<>(values);
  }

  private List<String> rolesOf(JwtEncodingContext context) {
    if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
      return Registration.rolesOf(context.getRegisteredClient());
    }
    return Optional.<Authentication>ofNullable(context.getPrincipal())
        .map(Authentication::getName)
        .flatMap(accounts::withSubject)
        .filter(Account::enabled)
        .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT))
        .roles()
        .stream()
        .map(Role::name)
        .sorted()
        .toList();
  }
}
