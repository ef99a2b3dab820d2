package dev.mall.security;

import dev.mall.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The caller of a request, for handlers whose data names the owner. */
public final class Callers {

  static final String ATTRIBUTE = Callers.class.getName();

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private Callers() {}

  /** Empty where no token is needed. */
  public static Optional<Caller> of(HttpServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
  }

  /**
   * Lets the customer pass who owns the data, the given staff, and an auditor who reads. Another
   * role that the caller has besides changes nothing. Every request passes where no token is
   * needed.
   *
   * @param staff the roles that the rule of this request names
   * @throws org.springframework.web.ErrorResponseException 403
   */
  public static void requireOwner(HttpServletRequest request, String customerId, Role... staff) {
    of(request)
        .filter(caller -> !caller.isCustomer(customerId))
        .filter(caller -> Arrays.stream(staff).noneMatch(caller::has))
        .filter(caller -> !(caller.has(Role.AUDITOR) && READING.contains(request.getMethod())))
        .ifPresent(_ -> {
          throw Problems.refusal(
              SecurityProblem.FORBIDDEN, "a customer's token allows the customer's own data only");
        });
  }
}
