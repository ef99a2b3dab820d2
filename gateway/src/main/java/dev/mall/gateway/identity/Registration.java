package dev.mall.gateway.identity;

import dev.mall.gateway.identity.IdentityProperties.ConfiguredClient;
import dev.mall.security.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Turns a configured client into a registered one. */
final class Registration {

  private static final String ROLES = "mall.roles";

  private Registration() {}

  /**
   * @param secretHash unused for a public client
   */
  static RegisteredClient of(
      String clientId, ConfiguredClient client, String secretHash, IdentityProperties identity) {
    var registration =
        RegisteredClient.withId(clientId)
            .clientId(clientId)
            .redirectUris(uris -> uris.addAll(client.redirectUris()))
            .postLogoutRedirectUris(uris -> uris.addAll(client.logoutUris()))
            .scope(OidcScopes.OPENID)
            .clientSettings(settings(client))
            .tokenSettings(
                TokenSettings.builder()
                    .accessTokenTimeToLive(identity.tokenLifetime())
                    .refreshTokenTimeToLive(identity.refreshLifetime())
                    .reuseRefreshTokens(false)
                    .build());
    if (client.isPublic()) {
      registration.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
    } else {
      registration
          .clientSecret(secretHash)
          .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
          .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    }
    if (!client.redirectUris().isEmpty()) {
      registration
          .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
          .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN);
    }
    if (!client.roles().isEmpty()) {
      registration.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS);
    }
    return registration.build();
  }

  /** The roles that the client has itself. */
  static List<String> rolesOf(RegisteredClient client) {
    return client.getClientSettings().getSetting(ROLES) instanceof String roles && !roles.isEmpty()
        ? Arrays.asList(roles.split(",", -1))
        : List.of();
  }

  /** Persons are asked for no consent, because all clients are the mall's own. */
  private static ClientSettings settings(ConfiguredClient client) {
    return ClientSettings.builder()
        .requireProofKey(true)
        .requireAuthorizationConsent(false)
        .setting(ROLES, client.roles().stream().map(Role::name).collect(Collectors.joining(",")))
        .build();
  }
}
