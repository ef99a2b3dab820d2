package dev.mall.security;

import dev.mall.security.AccessRule.Owner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.server.PathContainer;

/**
 * The rules of one service. A request without a rule is refused.
 *
 * @param rules the first that matches decides
 */
public record AccessRules(List<AccessRule> rules) {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** The answer to a request. */
  public enum Decision {
    ALLOWED,
    TOKEN_REQUIRED,
    FORBIDDEN
  }

  /**
   * A request, as far as rules look at it.
   *
   * @param parameters gives all values of a query parameter
   */
  public record Asked(
      String method, PathContainer path, Function<String, List<String>> parameters) {}

  /** Whether the request needs no token. */
  boolean isOpen(Asked asked) {
    return ruleFor(asked).filter(AccessRule::isOpen).isPresent();
  }

  /** Decides without any state but the arguments. */
  public Decision decide(Asked asked, Optional<Caller> caller) {
    var rule = ruleFor(asked);
    if (rule.filter(AccessRule::isOpen).isPresent()) {
      return Decision.ALLOWED;
    }
    if (caller.isEmpty()) {
      return Decision.TOKEN_REQUIRED;
    }
    return rule.filter(it -> allows(it, asked, caller.get())).isPresent()
        ? Decision.ALLOWED
        : Decision.FORBIDDEN;
  }

  private Optional<AccessRule> ruleFor(Asked asked) {
    var method = asked.method().equals("HEAD") ? "GET" : asked.method();
    return rules.stream().filter(it -> it.matches(method, asked.path())).findFirst();
  }

  private static boolean allows(AccessRule rule, Asked asked, Caller caller) {
    if (caller.has(Role.AUDITOR) && READING.contains(asked.method())) {
      return true;
    }
    return rule.roles().stream()
        .filter(caller::has)
        .anyMatch(role -> role != Role.CUSTOMER || owns(rule, asked, caller));
  }

  private static boolean owns(AccessRule rule, Asked asked, Caller caller) {
    return switch (rule.owner()) {
      case Owner.PathVariable(var name) -> {
        var match = rule.path().matchAndExtract(asked.path());
        yield match != null && caller.subject().equals(match.getUriVariables().get(name));
      }
      case Owner.Parameter(var name) ->
          List.of(caller.subject()).equals(asked.parameters().apply(name));
      case Owner.Data() -> true;
    };
  }
}
