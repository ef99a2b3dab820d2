package dev.mall.gateway.identity;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.runtime.Columns;
import dev.mall.security.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Repository;

/** The table of users. */
@Repository
@Conditional(OwnIssuer.class)
class Accounts implements UserDetailsService {

  private final JdbcClient jdbc;

  Accounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Account> withLogin(String login) {
    return jdbc.sql("select * from users where login = :login")
        .param("login", login)
        .query(Accounts::account)
        .optional();
  }

  Optional<Account> withSubject(String subject) {
    return jdbc.sql("select * from users where subject = :subject")
        .param("subject", subject)
        .query(Accounts::account)
        .optional();
  }

  /** Inserts or updates an account; whether a known one is enabled stays as it is. */
  void save(Account account) {
    jdbc.sql(
            """
            insert into users (subject, login, password_hash, roles, enabled)
            values (:subject, :login, :hash, :roles, :enabled)
            on conflict (subject) do update
            set login = excluded.login, password_hash = excluded.password_hash,
                roles = excluded.roles
            """)
        .param("subject", account.subject())
        .param("login", account.login())
        .param("hash", account.passwordHash())
        .param("roles", Columns.texts(account.roles(), Role::name))
        .param("enabled", account.enabled())
        .update();
  }

  /** The name of the result is the subject, so that it is the one of tokens and authorizations. */
  @Override
  public UserDetails loadUserByUsername(String login) {
    var account =
        withLogin(login).orElseThrow(() -> new UsernameNotFoundException("no such account"));
    return User.withUsername(account.subject())
        .password(account.passwordHash())
        .authorities(account.roles().stream().map(Accounts::authority).toList())
        .disabled(!account.enabled())
        .build();
  }

  private static GrantedAuthority authority(Role role) {
    return new SimpleGrantedAuthority("ROLE_" + role);
  }

  private static Account account(ResultSet row, int number) throws SQLException {
    return new Account(
        row.getString("subject"),
        row.getString("login"),
        row.getString("password_hash"),
        Columns.textList(row, "roles").stream().map(Role::valueOf).collect(Collectors.toSet()),
        row.getBoolean("enabled"));
  }
}
