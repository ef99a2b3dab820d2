package dev.mall.gateway.identity;

import dev.mall.gateway.identity.IdentityProperties.ConfiguredClient;
import dev.mall.gateway.identity.IdentityProperties.ConfiguredUser;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Component;

/** Brings users and clients of the configuration into the database, before the first request. */
@Component
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
    var hash =
        accounts
            .withLogin(login)
            .map(Account::passwordHash)
            .filter(known -> passwords.matches(user.password(), known))
            .orElseGet(() -> passwords.encode(user.password()));
    var subject = user.subject().isEmpty() ? login : user.subject();
    accounts.save(new Account(subject, login, hash, Set.copyOf(user.roles()), true));
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
