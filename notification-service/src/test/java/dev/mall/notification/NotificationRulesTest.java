package dev.mall.notification;

import static dev.mall.contracts.values.CancelReason.OUT_OF_STOCK;
import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.money.Money;
import dev.mall.money.MoneyRefused;
import dev.mall.notification.NotificationRules.Decided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NotificationRulesTest {

  private final Map<StepKey, Reply> answered = new HashMap<>();
  private final Set<Notification.Key> told = new HashSet<>();

  @Test
  void tellsAndAnswers() {
    var decided = handle(confirmed(1), cancelled(2, OUT_OF_STOCK));

    assertThat(decided.untold())
        .containsExactly(
            new Notification(1, "ann", Money.of(100, "EUR"), null),
            new Notification(2, "ann", Money.of(100, "EUR"), OUT_OF_STOCK));
    assertThat(decided.replies())
        .containsExactly(new CustomerNotified(step(1, 1)), new CustomerNotified(step(2, 1)));
    assertThat(decided.contradicted()).isEmpty();
  }

  @Test
  void tellsOnceHoweverOftenItIsAsked() {
    var decided = handle(confirmed(1), confirmed(1), confirmed(1, 2));

    assertThat(decided.untold()).hasSize(1);
    assertThat(decided.replies()).hasSize(3);
    assertThat(decided.decided())
        .containsExactly(new CustomerNotified(step(1, 1)), new CustomerNotified(step(1, 2)));
  }

  @Test
  void tellsNothingThatIsKnown() {
    told.add(new Notification.Key(1, OrderOutcome.CANCELLED));
    answered.put(step(1, 1), new CustomerNotified(step(1, 1)));

    var decided = handle(cancelled(1, OUT_OF_STOCK), cancelled(1, 2, TIMED_OUT));

    assertThat(decided.untold()).isEmpty();
    assertThat(decided.decided()).containsExactly(new CustomerNotified(step(1, 2)));
  }

  @Test
  void tellsTheOtherOutcomeTooButNotInSilence() {
    told.add(new Notification.Key(1, OrderOutcome.CONFIRMED));

    var decided = handle(cancelled(1, OUT_OF_STOCK), confirmed(2), cancelled(2, 2, OUT_OF_STOCK));

    assertThat(decided.untold()).hasSize(3);
    assertThat(decided.contradicted()).containsExactly(1L, 2L);
  }

  @Test
  void refusesATotalThatIsNone() {
    assertThatExceptionOfType(MoneyRefused.UnknownCurrency.class)
        .isThrownBy(() -> handle(new NotifyCustomer(step(1, 1), "ann", 5, "doubloon", null)));
  }

  @Test
  void everyOutcomeIsToldOnceInAnyOrderAndMixtureOfBatches() {
    for (long seed = 0; seed < 1_000; seed++) {
      var random = new SplittableRandom(seed);
      var inbox = new ArrayList<Notification.Key>();
      answered.clear();
      told.clear();

      for (int batch = 0; batch < 10; batch++) {
        var commands =
            random
                .ints(random.nextInt(1, 12), 0, 20)
                .mapToObj(n -> confirmed(n / 2, 1 + n % 2))
                .toArray(NotifyCustomer[]::new);
        var decided = handle(commands);
        decided.untold().forEach(notification -> inbox.add(notification.key()));
        told.addAll(inbox);
        decided.decided().forEach(reply -> answered.put(reply.step(), reply));
        assertThat(decided.replies()).as("seed %d", seed).hasSameSizeAs(commands);
      }

      assertThat(inbox).as("seed %d", seed).doesNotHaveDuplicates().hasSameElementsAs(told);
    }
  }

  private Decided handle(NotifyCustomer... batch) {
    return NotificationRules.fold(answered, told, List.of(batch));
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
