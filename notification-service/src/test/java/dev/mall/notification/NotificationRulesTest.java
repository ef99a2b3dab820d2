package dev.mall.notification;

import static dev.mall.contracts.values.CancelReason.OUT_OF_STOCK;
import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mall.contracts.NotificationCommand;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationCommand.NotifyOfReturn;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.money.Money;
import dev.mall.money.MoneyRefused;
import dev.mall.notification.NotificationRules.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NotificationRulesTest {

  private final Set<Notification.Key> notified = new HashSet<>();

  @Test
  void notifiesAndAnswers() {
    var outcome = handle(confirmed(1), cancelled(2, OUT_OF_STOCK));

    assertThat(outcome.notifications())
        .containsExactly(
            new Notification(1, OrderOutcome.CONFIRMED, "ann", Money.of(100, "EUR"), null),
            new Notification(2, OrderOutcome.CANCELLED, "ann", Money.of(100, "EUR"), OUT_OF_STOCK));
    assertThat(outcome.replies())
        .containsExactly(new CustomerNotified(step(1, 1)), new CustomerNotified(step(2, 1)));
    assertThat(outcome.contradicted()).isEmpty();
  }

  @Test
  void notifiesOnceHoweverOftenTheCommandComes() {
    var outcome = handle(confirmed(1), confirmed(1, 2));

    assertThat(outcome.notifications()).hasSize(1);
    assertThat(outcome.replies())
        .containsExactly(new CustomerNotified(step(1, 1)), new CustomerNotified(step(1, 2)));
  }

  @Test
  void notifiesNothingThatIsKnown() {
    notified.add(new Notification.Key(1, OrderOutcome.CANCELLED));

    var outcome = handle(cancelled(1, 2, TIMED_OUT));

    assertThat(outcome.notifications()).isEmpty();
    assertThat(outcome.replies()).containsExactly(new CustomerNotified(step(1, 2)));
  }

  @Test
  void notifiesOfTheOtherOutcomeTooAndReportsTheContradiction() {
    notified.add(new Notification.Key(1, OrderOutcome.CONFIRMED));

    var outcome = handle(cancelled(1, OUT_OF_STOCK), confirmed(2), cancelled(2, 2, OUT_OF_STOCK));

    assertThat(outcome.notifications()).hasSize(3);
    assertThat(outcome.contradicted()).containsExactly(1L, 2L);
  }

  @Test
  void notifiesOfAReturnOnceAfterTheConfirmation() {
    notified.add(new Notification.Key(1, OrderOutcome.CONFIRMED));

    var outcome = handle(returned(1, 1), returned(1, 2));

    assertThat(outcome.notifications())
        .extracting(Notification::outcome)
        .containsExactly(OrderOutcome.RETURNED);
    assertThat(outcome.replies())
        .containsExactly(new CustomerNotified(step(1, 1)), new CustomerNotified(step(1, 2)));
    assertThat(outcome.contradicted()).isEmpty();
  }

  @Test
  void logsTheReturnOfACancelledOrder() {
    notified.add(new Notification.Key(1, OrderOutcome.CANCELLED));

    assertThat(handle(returned(1, 1)).contradicted()).containsExactly(1L);
  }

  private static NotifyOfReturn returned(long order, int round) {
    return new NotifyOfReturn(step(order, round), "ann", 100, "EUR");
  }

  @Test
  void refusesATotalThatIsNone() {
    assertThatExceptionOfType(MoneyRefused.UnknownCurrency.class)
        .isThrownBy(() -> handle(new NotifyCustomer(step(1, 1), "ann", 5, "doubloon", null)));
  }

  @Test
  void everyOutcomeIsNotifiedOnceInAnyOrderAndMixtureOfBatches() {
    for (long seed = 0; seed < 1_000; seed++) {
      var random = new SplittableRandom(seed);
      var inbox = new ArrayList<Notification.Key>();
      notified.clear();

      for (int batch = 0; batch < 10; batch++) {
        var commands =
            random
                .ints(random.nextInt(1, 12), 0, 20)
                .mapToObj(n -> confirmed(n / 2, 1 + n % 2))
                .distinct()
                .toArray(NotifyCustomer[]::new);
        var outcome = handle(commands);
        outcome.notifications().forEach(notification -> inbox.add(notification.key()));
        notified.addAll(inbox);
        assertThat(outcome.replies()).as("seed %d", seed).hasSameSizeAs(commands);
      }

      assertThat(inbox).as("seed %d", seed).doesNotHaveDuplicates().hasSameElementsAs(notified);
    }
  }

  private Outcome handle(NotificationCommand... batch) {
    return NotificationRules.decide(notified, List.of(batch));
  }

  private static NotifyCustomer confirmed(long order) {
    return confirmed(order, 1);
  }

  private static NotifyCustomer confirmed(long order, int round) {
    return new NotifyCustomer(step(order, round), "ann", 100, "EUR", null);
  }

  private static NotifyCustomer cancelled(long order, CancelReason reason) {
    return cancelled(order, 1, reason);
  }

  private static NotifyCustomer cancelled(long order, int round, CancelReason reason) {
    return new NotifyCustomer(step(order, round), "ann", 100, "EUR", reason);
  }

  private static StepKey step(long order, int round) {
    return new StepKey(order, "notify", round);
  }
}
