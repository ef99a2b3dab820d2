package dev.mall.verifier.orders;

import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Kind;
import dev.mall.verifier.tables.OrderTables;
import dev.mall.verifier.tables.PaymentTables;
import dev.mall.verifier.tables.SagaTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pure checks of an order's records in all services, by its outcome. */
final class OrderChecks {

  private static final Set<String> AFTER_CONFIRMATION = Set.of("confirm", "notify");
  private static final Set<String> AFTER_CANCELLATION = Set.of("cancel", "notify");

  /** Of orders without a saga that shows whether a notification is still to come. */
  private static final Duration NOTIFIED_WITHIN = Duration.ofSeconds(10);

  private static final Set<String> CLAIMS = Set.of("HELD", "COMMITTED");

  private final OrderRecords evidence;
  private final OrderTables.Row order;
  private final List<Finding> findings = new ArrayList<>();

  private OrderChecks(OrderRecords evidence, OrderTables.Row order) {
    this.evidence = evidence;
    this.order = order;
  }

  /** The violations of a final order; the other services were looked at later than it. */
  static List<Finding> ofFinal(
      OrderRecords evidence, OrderTables.Row order, ShortageCheck shelves) {
    var judge = new OrderChecks(evidence, order);
    judge.found(Kind.SAGA_DISAGREES, judge.saga());
    judge.found(Kind.STOCK_DISAGREES, judge.stock());
    judge.found(Kind.MONEY_DISAGREES, judge.money());
    judge.found(Kind.NOTIFIED_WRONGLY, judge.notified());
    judge.found(Kind.CANCELLED_WITHOUT_CAUSE, judge.cause(shelves));
    return judge.findings;
  }

  /** The violations of any order, final or not. */
  static List<Finding> ofAny(OrderRecords evidence, OrderTables.Row order) {
    var judge = new OrderChecks(evidence, order);
    judge.found(
        Kind.TOTAL_WRONG,
        order.linesMinor() == order.totalMinor()
            ? Optional.empty()
            : no(
                "its lines add up to %d, its total is %d"
                    .formatted(order.linesMinor(), order.totalMinor())));
    return judge.findings;
  }

  /** Whether the ledger has what the payment's state says, which one transaction writes. */
  static Optional<Finding> ofPayment(OrderRecords evidence, PaymentTables.Row money) {
    var judge = bookedAsItsStateSays(money) && ofOneWallet(money);
    return judge
        ? Optional.empty()
        : Optional.of(
            finding(Kind.MONEY_DISAGREES, evidence, "its payment is not booked as it is"));
  }

  static Finding finding(Kind kind, OrderRecords evidence, String says) {
    return new Finding(kind, Long.toString(evidence.orderId()), says, evidence.rows());
  }

  private Optional<String> saga() {
    var saga = evidence.saga();
    if (!order.isOrchestrated()) {
      return sagaOfUnorchestrated();
    }
    if (saga == null) {
      return no("it is %s and has no saga".formatted(order.status()));
    }
    if (order.isConfirmed() || order.isReturned()) {
      boolean agrees =
          saga.state().equals("COMPLETED")
              || (saga.state().equals("RUNNING") && AFTER_CONFIRMATION.contains(saga.step()));
      return agrees && (order.isReturned() ? isReturned(saga) : isNotReturned(saga))
          ? Optional.empty()
          : no("it is %s, its saga is %s".formatted(order.status(), saga));
    }
    boolean agrees =
        saga.returnState() == null
            && (saga.state().equals("COMPENSATED")
                || (saga.state().equals("COMPENSATING")
                    && AFTER_CANCELLATION.contains(saga.step())));
    if (!agrees) {
      return no("it is CANCELLED, its saga is %s".formatted(saga));
    }
    return Objects.equals(saga.refusal(), order.cancelReason())
        ? Optional.empty()
        : Optional.of(
            "it was cancelled for " + order.cancelReason() + ", its saga for " + saga.refusal());
  }

  /** It may have one that returns it, and no other. */
  private Optional<String> sagaOfUnorchestrated() {
    var saga = evidence.saga();
    if (saga == null) {
      return order.isReturned() ? no("it is RETURNED and has no saga") : Optional.empty();
    }
    boolean agrees = order.isReturned() ? isReturned(saga) : isNotReturned(saga);
    return saga.isReturnOnly() && agrees && !"CANCELLED".equals(order.status())
        ? Optional.empty()
        : no("it is %s without an orchestrator, its saga is %s".formatted(order.status(), saga));
  }

  private static boolean isReturned(SagaTables.Row saga) {
    return "COMPLETED".equals(saga.returnState())
        || (saga.isReturning() && "notify-return".equals(saga.returnStep()));
  }

  private static boolean isNotReturned(SagaTables.Row saga) {
    return saga.returnState() == null
        || (saga.isReturning() && !"notify-return".equals(saga.returnStep()));
  }

  private boolean isReturning() {
    var saga = evidence.saga();
    return saga != null && saga.isReturning();
  }

  private Optional<String> stock() {
    var reservation = evidence.reservation();
    if (order.isConfirmed() || order.isReturned()) {
      var state = reservation == null ? "missing" : reservation.state();
      boolean agrees =
          order.isReturned()
              ? state.equals("RETURNED")
              : state.equals("COMMITTED") || (state.equals("RETURNED") && isReturning());
      if (reservation == null || !agrees) {
        return no("it is %s, its reservation is %s".formatted(order.status(), state));
      }
      return reservation.lines().equals(order.lines())
              && order.customer().equals(reservation.customer())
          ? Optional.empty()
          : no("it is %s, but something else was sold".formatted(order.status()));
    }
    return reservation != null && CLAIMS.contains(reservation.state())
        ? no("it is CANCELLED, its reservation is %s".formatted(reservation.state()))
        : Optional.empty();
  }

  private Optional<String> money() {
    var money = evidence.money();
    if (order.isConfirmed()) {
      return chargedOnce() || (isReturning() && refundedOnce())
          ? Optional.empty()
          : no("it is CONFIRMED and must have been charged once, %s".formatted(total()));
    }
    if (order.isReturned()) {
      return refundedOnce()
          ? Optional.empty()
          : no("it is RETURNED and must have been charged and refunded once, " + total());
    }
    boolean even = money == null || money.chargedMinor() == money.refundedMinor();
    boolean open =
        money != null && ("CHARGED".equals(money.state()) || "AUTHORIZED".equals(money.state()));
    return even && !open
        ? Optional.empty()
        : no("it is CANCELLED, and its money was not given back");
  }

  private boolean chargedOnce() {
    var money = evidence.money();
    return money != null && paidOnce("CHARGED") && money.refunds() == 0;
  }

  private boolean refundedOnce() {
    var money = evidence.money();
    return money != null
        && paidOnce("REFUNDED")
        && money.refunds() == 1
        && money.refundedMinor() == order.totalMinor();
  }

  private boolean paidOnce(String state) {
    var money = evidence.money();
    return money != null
        && state.equals(money.state())
        && order.customer().equals(money.customer())
        && money.amountMinor() == order.totalMinor()
        && order.currency().equals(money.currency())
        && money.charges() == 1
        && money.chargedMinor() == order.totalMinor();
  }

  private Optional<String> notified() {
    var inbox = evidence.inbox();
    var saga = evidence.saga();
    if (inbox == null) {
      boolean isComing =
          order.isOrchestrated()
              ? saga != null && saga.isOpen()
              : order.finalFor().compareTo(NOTIFIED_WITHIN) < 0;
      return isComing ? Optional.empty() : no("its customer was not notified");
    }
    boolean right =
        outcomesExpected(saga).contains(inbox.outcomes())
            && inbox.customer().equals(order.customer())
            && inbox.totalMinor() == order.totalMinor()
            && inbox.currency().equals(order.currency())
            && Objects.equals(inbox.reason(), order.cancelReason());
    return right
        ? Optional.empty()
        : no("it is %s, and its customer was notified: %s".formatted(order.status(), inbox));
  }

  /** Outcomes in the order of their notifications; those of the two sagas may change places. */
  private Set<String> outcomesExpected(SagaTables.@Nullable Row saga) {
    if (!order.isReturned()) {
      return Set.of(order.status());
    }
    var both = Stream.of("CONFIRMED and RETURNED", "RETURNED and CONFIRMED");
    var first = isReturning() ? Stream.of("CONFIRMED") : Stream.<String>empty();
    var second = saga != null && saga.isOpen() ? Stream.of("RETURNED") : Stream.<String>empty();
    return Stream.of(both, first, second).flatMap(Function.identity()).collect(Collectors.toSet());
  }

  /** Whether stock and money confirm its reason; some reasons leave no trace in them. */
  private Optional<String> cause(ShortageCheck shelves) {
    if (order.isReturned() && !order.toCancel()) {
      return no("it is RETURNED, and its customer did not ask for it");
    }
    var reason = order.cancelReason();
    if (reason == null) {
      return Optional.empty();
    }
    return switch (reason) {
      case "OUT_OF_STOCK" -> shortOf(shelves, false);
      case "RESERVATION_EXPIRED" -> shortOf(shelves, true);
      case "CUSTOMER" ->
          order.toCancel()
              ? Optional.empty()
              : no("it is CANCELLED CUSTOMER, and its customer did not ask for it");
      case "INSUFFICIENT_FUNDS", "NO_WALLET", "WRONG_CURRENCY" -> declined(reason);
      default -> Optional.empty();
    };
  }

  private Optional<String> shortOf(ShortageCheck shelves, boolean claimed) {
    var saga = evidence.saga();
    return saga == null || shelves.canHaveBeenShort(order.lines(), saga.started(), claimed)
        ? Optional.empty()
        : no("it is CANCELLED %s, and there was enough".formatted(order.cancelReason()));
  }

  private Optional<String> declined(String reason) {
    var money = evidence.money();
    // a refund that comes after the decline leaves no reason
    return money != null
            && (reason.equals(money.declineReason()) || "CALLED_OFF".equals(money.state()))
        ? Optional.empty()
        : no("it is CANCELLED %s, and its payment was not declined for it".formatted(reason));
  }

  private static boolean bookedAsItsStateSays(PaymentTables.Row money) {
    long charges = "CHARGED".equals(money.state()) || "REFUNDED".equals(money.state()) ? 1 : 0;
    long refunds = "REFUNDED".equals(money.state()) ? 1 : 0;
    long held = "AUTHORIZED".equals(money.state()) ? money.amountMinor() : 0;
    return money.charges() == charges
        && money.refunds() == refunds
        && money.authorizations() <= 1
        && money.heldMinor() == held
        && money.chargedMinor() == charges * money.amountMinor()
        && money.refundedMinor() == refunds * money.amountMinor();
  }

  private static boolean ofOneWallet(PaymentTables.Row money) {
    return money.wallet() == null
        || (money.wallet().equals("wallet:" + money.customer())
            && Objects.equals(money.ledgerCurrency(), money.currency()));
  }

  private String total() {
    return order.totalMinor() + " " + order.currency();
  }

  private void found(Kind kind, Optional<String> complaint) {
    complaint.ifPresent(says -> findings.add(finding(kind, evidence, says)));
  }

  private static Optional<String> no(String says) {
    return Optional.of(says);
  }
}
