package dev.mall.security;

import java.util.Set;

/**
 * The subject of a valid token.
 *
 * @param subject of a customer, the customer id
 */
public record Caller(String subject, Set<Role> roles) {

  public boolean has(Role role) {
    return roles.contains(role);
  }
}
