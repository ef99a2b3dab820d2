package dev.mall.gateway.identity;

import dev.mall.security.Role;
import java.util.Set;

/**
 * A person who logs in.
 *
 * @param subject the token's {@code sub}
 * @param passwordHash with the name of its algorithm
 */
record Account(
    String subject, String login, String passwordHash, Set<Role> roles, boolean enabled) {

  /** The hash stays out of logs. */
  @Override
  public String toString() {
    return "Account[subject=%s, login=%s, roles=%s, enabled=%s]"
        .formatted(subject, login, roles, enabled);
  }
}
