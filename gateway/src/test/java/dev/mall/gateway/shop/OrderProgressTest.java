package dev.mall.gateway.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.gateway.shop.OrderStep.State;
import dev.mall.gateway.shop.services.CustomerOrders.CustomerOrder;
import dev.mall.gateway.shop.services.CustomerOrders.OrderPayment;
import dev.mall.gateway.shop.services.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderProgressTest {

  private static final Instant PLACED = Instant.parse("2026-11-30T10:00:00Z");
  private static final Instant NOW = PLACED.plusSeconds(1);

  private static final Part<Boolean> YES = new Part<>(true, "");
  private static final Part<Boolean> NO = new Part<>(false, "");
  private static final Part<Boolean> UNKNOWN = new Part<>(null, "a service does not answer");

  @Test
  void movesFromStepToStep() {
    var placed = progress("PENDING", null, NO, null, NO);
    var paid = progress("PENDING", "CAPTURED", NO, null, NO);
    var confirmed = progress("CONFIRMED", "CAPTURED", NO, null, NO);
    var notified = progress("CONFIRMED", "CAPTURED", NO, null, YES);

    assertThat(states(placed)).containsExactly(State.DONE, State.NOW, State.NEXT, State.NEXT);
    assertThat(states(paid)).containsExactly(State.DONE, State.DONE, State.NOW, State.NEXT);
    assertThat(states(confirmed)).containsExactly(State.DONE, State.DONE, State.DONE, State.NOW);
    assertThat(states(notified)).containsExactly(State.DONE, State.DONE, State.DONE, State.DONE);
    assertThat(List.of(placed, paid, confirmed, notified))
        .extracting(OrderProgress::mark)
        .doesNotHaveDuplicates();
    assertThat(List.of(placed, paid, confirmed)).noneMatch(it -> it.isAtRest(NOW));
    assertThat(notified.isAtRest(NOW)).isTrue();
  }

  @Test
  void saysWhyAnOrderWasCancelledAndWhereTheMoneyIs() {
    var declined = progress("CANCELLED", "DECLINED", NO, "INSUFFICIENT_FUNDS", YES);
    var refunding = progress("CANCELLED", "CAPTURED", NO, "TIMED_OUT", YES);

    assertThat(declined.summary()).contains("cancelled", "Your wallet holds less than the total");
    assertThat(details(declined)).anyMatch(it -> it.contains("Nothing was taken"));
    assertThat(details(refunding)).anyMatch(it -> it.contains("12.50 EUR is being given back"));
    assertThat(declined.isCancellable()).isFalse();
  }

  @Test
  void aConfirmedOrderThatIsCancelledIsNotAtRestUntilItIsReturned() {
    var asked = progress("CONFIRMED", "CAPTURED", YES, null, YES);
    var returned = progress("RETURNED", "REFUNDED", YES, null, YES);

    assertThat(asked.isAtRest(NOW)).isFalse();
    assertThat(asked.isCancellable()).isFalse();
    assertThat(details(asked)).anyMatch(it -> it.contains("on their way back"));
    assertThat(returned.isAtRest(NOW)).isTrue();
    assertThat(details(returned)).anyMatch(it -> it.contains("12.50 EUR is back in your wallet"));
  }

  @Test
  void aSilentServiceHidesItsStepAlone() {
    var progress =
        new OrderProgress(
            order("PENDING", null), NO, new Part<>(null, "payment-service does not answer"), NO);

    assertThat(details(progress)).contains("Not known: payment-service does not answer.");
    assertThat(states(progress).getFirst()).isEqualTo(State.DONE);
    assertThat(progress.mark()).isEqualTo("PENDING.kept.-.silent");
  }

  @Test
  void anOldOrderDoesNotWaitForAMessageThatNewerOnesHide() {
    var order = progress("CONFIRMED", "CAPTURED", NO, null, NO);
    var later = NOW.plus(Duration.ofDays(1));

    assertThat(order.isAtRest(later)).isTrue();
    assertThat(order.steps(later)).hasSize(3);
    assertThat(progress("CONFIRMED", "CAPTURED", NO, null, UNKNOWN).isAtRest(NOW)).isFalse();
  }

  @Test
  void constantsOfALaterReleaseAreShownAsTheyAre() {
    var progress = progress("PARKED", "SETTLING", NO, null, NO);

    assertThat(progress.summary()).contains("PARKED");
    assertThat(progress.steps(NOW)).isNotEmpty();
  }

  private static List<State> states(OrderProgress progress) {
    return progress.steps(NOW).stream().map(OrderStep::state).toList();
  }

  private static List<String> details(OrderProgress progress) {
    return progress.steps(NOW).stream().map(OrderStep::detail).toList();
  }

  private static OrderProgress progress(
      String status,
      @Nullable String payment,
      Part<Boolean> cancellation,
      @Nullable String reason,
      Part<Boolean> notified) {
    return new OrderProgress(
        order(status, reason),
        cancellation,
        new Part<>(
            Optional.ofNullable(payment).map(it -> new OrderPayment(it, 12_50, 0, "EUR", reason)),
            ""),
        notified);
  }

  private static CustomerOrder order(String status, @Nullable String reason) {
    return new CustomerOrder(
        "1",
        status,
        reason,
        12_50,
        "EUR",
        List.of(),
        PLACED,
        status.equals("PENDING") ? null : PLACED);
  }
}
