package dev.mall.security;

import java.util.HashSet;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may send a kind of request. A service lists its rules, and the first that matches decides.
 *
 * @param roles of which the caller needs one; a customer must own the data as well
 * @param owner where the request names the customer whose data it is about
 * @param isOpen whether no token is needed
 */
public record AccessRule(
    String method, PathPattern path, Set<Role> roles, Owner owner, boolean isOpen) {

  /** Where a request names the customer whose data it is about. */
  public sealed interface Owner {

    /** A variable of the path, as {@code customerId} in {@code /wallets/{customerId}}. */
    record PathVariable(String name) implements Owner {}

    /** A query parameter, given exactly once. */
    record Parameter(String name) implements Owner {}

    /** The body, or the data itself: the handler compares it with the caller. */
    record Data() implements Owner {}
  }

  /** A request that needs no token. */
  public static AccessRule open(String method, String path) {
    return new AccessRule(method, parse(path), Set.of(), new Owner.Data(), true);
  }

  /** A request of staff, about no customer in particular. */
  public static AccessRule staff(String method, String path, Role... roles) {
    return new AccessRule(method, parse(path), Set.of(roles), new Owner.Data(), false);
  }

  /** A request of the customer whose data it is about, and of staff. */
  public static AccessRule owned(String method, String path, Owner owner, Role... staff) {
    var roles = new HashSet<>(Set.of(staff));
    roles.add(Role.CUSTOMER);
    return new AccessRule(method, parse(path), Set.copyOf(roles), owner, false);
  }

  boolean matches(String requested, PathContainer target) {
    return method.equals(requested) && path.matches(target);
  }

  private static PathPattern parse(String path) {
    return PathPatternParser.defaultInstance.parse(path);
  }
}
