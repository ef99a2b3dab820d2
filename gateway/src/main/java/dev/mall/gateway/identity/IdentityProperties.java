package dev.mall.gateway.identity;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.security.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Conditional;

/**
 * The authorization server.
 *
 * @param issuer the address by which clients and services know it; off the loopback interface, the
 *     start ends with any secret that is published for a laptop
 * @param audience the {@code aud} of access tokens, which services expect
 * @param tokenLifetime of access tokens; above zero
 * @param refreshLifetime of refresh tokens; each is used once
 * @param users accounts that exist after the start, by login name; an account that is removed here
 *     stays in the database
 * @param clients programs that ask for tokens, by client id; one that is removed here stays, too
 */
@ConfigurationProperties("mall.gateway.identity")
@Conditional(OwnIssuer.class)
record IdentityProperties(
    URI issuer,
    @DefaultValue("mall") String audience,
    @DefaultValue("15m") Duration tokenLifetime,
    @DefaultValue("12h") Duration refreshLifetime,
    @DefaultValue Map<String, ConfiguredUser> users,
    @DefaultValue Map<String, ConfiguredClient> clients) {

  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int LONGEST_HASHED = 72;

  IdentityProperties {
    if (!issuer.isAbsolute()) {
      throw new IllegalArgumentException(
          "mall.gateway.identity.issuer must be an absolute address, like https://shop.example");
    }
    if (!tokenLifetime.isPositive() || !refreshLifetime.isPositive()) {
      throw new IllegalArgumentException("lifetimes of tokens must be above zero");
    }
    users.forEach((login, user) -> requireSubject(login, user));
  }

  private static void requireSubject(String login, ConfiguredUser user) {
    var subject = user.subject().isEmpty() ? login : user.subject();
    if (!SUBJECT.matcher(subject).matches()) {
      throw new IllegalArgumentException(
          """
          mall.gateway.identity.users.%s needs a subject of 1 to 64 letters, digits, '_' and '-', \
          not '%s'\
          """
              .formatted(login, subject));
    }
  }

  /** BCrypt reads no more, and Spring refuses longer ones. */
  private static void requireHashable(String password, String what) {
    if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_HASHED) {
      throw new IllegalArgumentException(
          "%s must have at most %d bytes in UTF-8".formatted(what, LONGEST_HASHED));
    }
  }

  /**
   * @param password at least 8 characters, at most 72 bytes; stored as a hash
   * @param subject the token's {@code sub}; the login name if empty
   */
  record ConfiguredUser(
      @DefaultValue("") String password,
      @DefaultValue("") String subject,
      @DefaultValue("CUSTOMER") List<Role> roles) {

    private static final int SHORTEST = 8;

    ConfiguredUser {
      if (password.length() < SHORTEST) {
        throw new IllegalArgumentException(
            "a password in mall.gateway.identity.users must have at least %d characters"
                .formatted(SHORTEST));
      }
      requireHashable(password, "a password in mall.gateway.identity.users");
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
      return "ConfiguredUser[roles=%s]".formatted(roles);
    }
  }

  /**
   * @param secret of a program that can keep one; without it the client is public, and a person
   *     logs in (authorization code with PKCE)
   * @param roles of the program itself (client credentials); none: it acts for persons only
   * @param redirectUris to which the login returns; none: no person logs in
   * @param logoutUris to which the logout returns
   */
  record ConfiguredClient(
      @DefaultValue("") String secret,
      @DefaultValue List<Role> roles,
      @DefaultValue List<String> redirectUris,
      @DefaultValue List<String> logoutUris) {

    private static final int SHORTEST = 16;

    ConfiguredClient {
      if (!secret.isEmpty() && secret.length() < SHORTEST) {
        throw new IllegalArgumentException(
            "a secret in mall.gateway.identity.clients must have at least %d characters"
                .formatted(SHORTEST));
      }
      requireHashable(secret, "a secret in mall.gateway.identity.clients");
      if (secret.isEmpty() && redirectUris.isEmpty()) {
        throw new IllegalArgumentException(
            "a client in mall.gateway.identity.clients needs a secret or redirect-uris");
      }
      if (secret.isEmpty() && !roles.isEmpty()) {
        throw new IllegalArgumentException(
            "a client in mall.gateway.identity.clients that has roles needs a secret");
      }
    }

    boolean isPublic() {
      return secret.isEmpty();
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
      return "ConfiguredClient[roles=%s, redirectUris=%s]".formatted(roles, redirectUris);
    }
  }
}
