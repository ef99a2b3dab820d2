package dev.mall.security;

import dev.mall.security.AccessRules.Decision;
import dev.mall.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The caller of a request, for handlers whose data names the owner. */
public final class Callers {

  private static final String ATTRIBUTE = Callers.class.getName();

  private Callers() {}

  /**
   * @param ownDataOnly whether the rule of the request allowed it to a customer, about own data
   */
  private record Judged(Caller caller, boolean ownDataOnly) {}

  static void set(HttpServletRequest request, Caller caller, Decision decision) {
    request.setAttribute(ATTRIBUTE, new Judged(caller, decision == Decision.ALLOWED_TO_OWNER));
  }

  /** Empty where no token is needed. */
  public static Optional<Caller> of(HttpServletRequest request) {
    return judged(request).map(Judged::caller);
  }

  /**
   * Returns which customers' data the request may be about: the caller's own where the rules allow
   * the request to owners alone; all customers' otherwise.
   */
  public static Predicate<String> visibleTo(HttpServletRequest request) {
    return judged(request)
        .filter(Judged::ownDataOnly)
        .<Predicate<String>>map(judged -> Predicate.isEqual(judged.caller().subject()))
        .orElse(_ -> true);
  }

  /**
   * Returns the customer that a request is about: the one it names, or else the caller.
   *
   * @throws org.springframework.web.ErrorResponseException 403 if it names another customer than
   *     the caller, 400 if it must name one
   */
  public static String customer(HttpServletRequest request, @Nullable String customerId) {
    if (customerId == null) {
      return of(request)
          .filter(caller -> caller.has(Role.CUSTOMER))
          .map(Caller::subject)
          .orElseThrow(() -> Problems.invalid("customerId", "must be given"));
    }
    if (!visibleTo(request).test(customerId)) {
      throw Problems.refusal(
          SecurityProblem.FORBIDDEN, "a customer's token allows the customer's own data only");
    }
    return customerId;
  }

  private static Optional<Judged> judged(HttpServletRequest request) {
    return Optional.ofNullable((Judged) request.getAttribute(ATTRIBUTE));
  }
}
