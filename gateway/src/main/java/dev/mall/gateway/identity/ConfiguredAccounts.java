package dev.mall.gateway.identity;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.identity.IdentityProperties.ConfiguredClient;
import dev.mall.gateway.identity.IdentityProperties.ConfiguredUser;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Conditional;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Component;

/** Brings users and clients of the configuration into the database, before the first request. */
@Component
@Conditional(OwnIssuer.class)
class ConfiguredAccounts implements SmartInitializingSingleton {

  private final IdentityProperties identity;
  private final Accounts accounts;
  private final RegisteredClientRepository clients;
  private final PasswordEncoder passwords;

  ConfiguredAccounts(
      IdentityProperties identity,
      Accounts accounts,
      RegisteredClientRepository clients,
      PasswordEncoder passwords) {
    this.identity = identity;
    this.accounts = accounts;
    this.clients = clients;
    this.passwords = passwords;
  }

  @Override
  public void afterSingletonsInstantiated() {
    identity.users().forEach(this::save);
    identity.clients().forEach(this::save);
  }

  private void save(String login, ConfiguredUser user) {
    var subject = user.subject().isEmpty() ? login : user.subject();
    var known = accounts.withLogin(login);
    known
        .map(Account::subject)
        .filter(stored -> !stored.equals(subject))
        .ifPresent(stored -> {
          throw changedSubject(login, stored, subject);
        });
    var hash =
        known
            .map(Account::passwordHash)
            .filter(stored -> passwords.matches(user.password(), stored))
            .orElseGet(() -> passwords.encode(user.password()));
    accounts.save(new Account(subject, login, hash, Set.copyOf(user.roles()), true));
  }

  /** The data of an account are found by its subject, so another subject is another account. */
  private static IllegalStateException changedSubject(String login, String stored, String subject) {
    return new IllegalStateException(
        """
        mall.gateway.identity.users.%s has the subject '%s', but the table users has '%s' for this \
        login: set the subject to '%s', or delete the row to make another account\
        """
            .formatted(login, subject, stored, stored));
  }

  private void save(String clientId, ConfiguredClient client) {
    var known = clients.findByClientId(clientId);
    var stored = known == null ? "" : String.valueOf(known.getClientSecret());
    var hash =
        client.isPublic() || (!stored.isEmpty() && passwords.matches(client.secret(), stored))
            ? stored
            : passwords.encode(client.secret());
    clients.save(Registration.of(clientId, client, hash, identity));
  }
}
