package dev.mall.security;

import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may send a kind of request. A service lists its rules, and the first that matches decides.
 *
 * @param staff roles of which the caller needs one, unless a customer who owns the data
 * @param owner where the request names the customer whose data it is about
 */
public record AccessRule(String method, PathPattern path, Set<Role> staff, Owner owner) {

  /** Where a request names the customer whose data it is about. */
  public sealed interface Owner {

    /** Nowhere: it needs no token. */
    record Anyone() implements Owner {}

    /** Nowhere: it is about no customer. */
    record None() implements Owner {}

    /** A variable of the path, as {@code customerId} in {@code /wallets/{customerId}}. */
    record PathVariable(String name) implements Owner {}

    /** A query parameter, given at most once; left out, the caller is the customer. */
    record Parameter(String name) implements Owner {}

    /** The body, or the data itself: the handler compares it with the caller. */
    record Data() implements Owner {}
  }

  /** A request that needs no token. */
  public static AccessRule open(String method, String path) {
    return new AccessRule(method, parse(path), Set.of(), new Owner.Anyone());
  }

  /** A request of staff, about no customer in particular. */
  public static AccessRule staff(String method, String path, Role... roles) {
    return new AccessRule(method, parse(path), Set.of(roles), new Owner.None());
  }

  /** A request of the customer whose data it is about, and of staff. */
  public static AccessRule owned(String method, String path, Owner owner, Role... staff) {
    return new AccessRule(method, parse(path), Set.of(staff), owner);
  }

  /** Whether no token is needed. */
  boolean isOpen() {
    return owner instanceof Owner.Anyone;
  }

  /** Whether a customer may send it, about own data. */
  boolean isOwned() {
    return switch (owner) {
      case Owner.Anyone _, Owner.None _ -> false;
      case Owner.PathVariable _, Owner.Parameter _, Owner.Data _ -> true;
    };
  }

  boolean matches(String requested, PathContainer target) {
    return method.equals(requested) && path.matches(target);
  }

  private static PathPattern parse(String path) {
    return PathPatternParser.defaultInstance.parse(path);
  }
}
