package dev.mall.security;

import dev.mall.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** The caller of a request, for handlers whose data names the owner. */
public final class Callers {

  static final String ATTRIBUTE = Callers.class.getName();

  private Callers() {}

  /** Empty where no token is needed. */
  public static Optional<Caller> of(HttpServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
  }

  /**
   * Lets a customer act on own data only; staff passed the rules before.
   *
   * @throws org.springframework.web.ErrorResponseException 403
   */
  public static void requireOwner(HttpServletRequest request, String customerId) {
    of(request)
        .filter(caller -> caller.roles().equals(Set.of(Role.CUSTOMER)))
        .filter(caller -> !caller.isCustomer(customerId))
        .ifPresent(_ -> {
          throw Problems.refusal(
              SecurityProblem.FORBIDDEN, "a customer's token allows the customer's own data only");
        });
  }
}
