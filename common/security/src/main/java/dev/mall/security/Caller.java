package dev.mall.security;

import java.util.Set;

/**
 * The subject of a valid token.
 *
 * @param subject of a customer, the customer id
 */
public record Caller(String subject, Set<Role> roles) {

  /** Methods of requests that an auditor may send. */
  static final Set<String> READING = Set.of("GET", "HEAD");

  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** Whether the caller is an auditor, and may send requests of this method. */
  boolean reads(String method) {
    return has(Role.AUDITOR) && READING.contains(method);
  }
}
