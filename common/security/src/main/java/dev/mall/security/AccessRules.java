package dev.mall.security;

import dev.mall.security.AccessRule.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.server.PathContainer;

/**
 * The rules of one service. A request without a rule is refused.
 *
 * @param rules the first that matches decides
 */
public record AccessRules(List<AccessRule> rules) {

  /** The answer to a request. */
  public enum Decision {
    ALLOWED,
    /** Allowed to the customer whose data it is about; the handler has the owner compared. */
    ALLOWED_TO_OWNER,
    TOKEN_REQUIRED,
    FORBIDDEN
  }

  /**
   * The part of a request that rules decide on.
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
    return rule.map(it -> decide(it, asked, caller.get())).orElse(Decision.FORBIDDEN);
  }

  /**
   * @param path of a request, or a template
   */
  Optional<AccessRule> ruleFor(String method, String path) {
    return ruleFor(new Asked(method, PathContainer.parsePath(path), _ -> List.of()));
  }

  private Optional<AccessRule> ruleFor(Asked asked) {
    var method = asked.method().equals("HEAD") ? "GET" : asked.method();
    return rules.stream().filter(it -> it.matches(method, asked.path())).findFirst();
  }

  /** Whether the rule allows some request of this method to callers who have this role alone. */
  static boolean allowsSome(AccessRule rule, Role role, String method) {
    return switch (role) {
      case CUSTOMER -> rule.isOwned();
      case AUDITOR -> Caller.READING.contains(method);
      case CHANNEL, MERCHANT, OPERATOR -> rule.staff().contains(role);
    };
  }

  private static Decision decide(AccessRule rule, Asked asked, Caller caller) {
    if (caller.reads(asked.method())) {
      return Decision.ALLOWED;
    }
    if (rule.staff().stream().anyMatch(caller::has)) {
      return Decision.ALLOWED;
    }
    return rule.isOwned() && caller.has(Role.CUSTOMER) && owns(rule, asked, caller)
        ? Decision.ALLOWED_TO_OWNER
        : Decision.FORBIDDEN;
  }

  private static boolean owns(AccessRule rule, Asked asked, Caller caller) {
    return switch (rule.owner()) {
      case Owner.PathVariable(var name) -> {
        var match = rule.path().matchAndExtract(asked.path());
        yield match != null && caller.subject().equals(match.getUriVariables().get(name));
      }
      case Owner.Parameter(var name) -> {
        var given = asked.parameters().apply(name);
        yield given.isEmpty() || given.equals(List.of(caller.subject()));
      }
      case Owner.Data _ -> true;
      case Owner.Anyone _, Owner.None _ -> false;
    };
  }
}
