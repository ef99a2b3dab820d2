package dev.mall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.values.CancelReason;
import dev.mall.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class NotificationTest {

  @Test
  void namesTheAmountPaid() {
    var notification =
        new Notification(7, OrderOutcome.CONFIRMED, "ann", Money.of(1_234, "EUR"), null);

    assertThat(notification.outcome()).isEqualTo(OrderOutcome.CONFIRMED);
    assertThat(notification.title()).isEqualTo("Your order 7 is confirmed");
    assertThat(notification.text()).isEqualTo("Thank you! You paid 12.34 EUR.");
  }

  @Test
  void namesWhatWasRefundedForAReturn() {
    var notification =
        new Notification(7, OrderOutcome.RETURNED, "ann", Money.of(1_234, "EUR"), null);

    assertThat(notification.title()).isEqualTo("Your order 7 was returned");
    assertThat(notification.text()).isEqualTo("12.34 EUR is back in your wallet.");
  }

  @ParameterizedTest
  @EnumSource
  void namesTheReasonOfACancellationAndThatItCostsNothing(CancelReason reason) {
    var notification =
        new Notification(7, OrderOutcome.CANCELLED, "ann", Money.of(500, "JPY"), reason);

    assertThat(notification.outcome()).isEqualTo(OrderOutcome.CANCELLED);
    assertThat(notification.title()).isEqualTo("Your order 7 was cancelled");
    assertThat(notification.text())
        .endsWith(". You pay nothing: if money was taken, it is back with you.")
        .doesNotContain(reason.name());
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"INSUFFICIENT_FUNDS", "NO_WALLET", "WRONG_CURRENCY"})
  void namesTheTotalThatCouldNotBePaid(CancelReason reason) {
    assertThat(
            new Notification(7, OrderOutcome.CANCELLED, "ann", Money.of(500, "JPY"), reason).text())
        .contains("500 JPY");
  }
}
