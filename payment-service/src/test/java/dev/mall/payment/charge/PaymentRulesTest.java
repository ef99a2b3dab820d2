package dev.mall.payment.charge;

import static dev.mall.contracts.PaymentReply.DeclineReason.CALLED_OFF;
import static dev.mall.contracts.PaymentReply.DeclineReason.INSUFFICIENT_FUNDS;
import static dev.mall.contracts.PaymentReply.DeclineReason.NO_WALLET;
import static dev.mall.contracts.PaymentReply.DeclineReason.WRONG_CURRENCY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;
import dev.mall.money.Money;
import dev.mall.money.MoneyRefused;
import dev.mall.payment.charge.Payment.CalledOff;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.charge.Payment.Declined;
import dev.mall.payment.charge.Payment.Refunded;
import dev.mall.payment.charge.PaymentRules.Outcome;
import dev.mall.payment.ledger.LedgerTransaction;
import dev.mall.payment.ledger.Wallet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaymentRulesTest {

  private final Map<Long, Payment> payments = new HashMap<>();
  private final Map<String, Wallet> wallets = new HashMap<>();

  @Test
  void chargesAWalletThatCoversTheTotal() {
    annHolds(euro(100));

    var outcome = handle(charge(1, euro(100)));

    assertThat(outcome.replies()).containsExactly(new PaymentCharged(pay(1)));
    assertThat(outcome.opened()).containsExactly(new Charged(1, "ann", euro(100)));
    assertThat(outcome.transactions())
        .containsExactly(LedgerTransaction.charge(1, "ann", euro(100)));
  }

  @Test
  void declinesWhatTheWalletDoesNotCover() {
    annHolds(euro(99));

    assertDeclined(handle(charge(1, euro(100))), INSUFFICIENT_FUNDS);
  }

  @Test
  void declinesACustomerWithoutWallet() {
    assertDeclined(handle(charge(1, euro(100))), NO_WALLET);
  }

  @Test
  void declinesAnotherCurrencyThanTheWallets() {
    annHolds(Money.of(1_000, "USD"));

    assertDeclined(handle(charge(1, euro(100))), WRONG_CURRENCY);
  }

  @Test
  void letsChargesOfOneWalletSeeEachOther() {
    annHolds(euro(100));

    var outcome = handle(charge(1, euro(60)), charge(2, euro(60)), charge(3, euro(40)));

    assertThat(outcome.replies())
        .containsExactly(
            new PaymentCharged(pay(1)),
            new PaymentDeclined(pay(2), INSUFFICIENT_FUNDS),
            new PaymentCharged(pay(3)));
  }

  @Test
  void letsAChargeSpendWhatARefundBeforeItGaveBack() {
    annHolds(euro(0));
    payments.put(1L, new Charged(1, "ann", euro(60)));

    var outcome = handle(refund(1), charge(2, euro(60)));

    assertThat(outcome.replies())
        .containsExactly(new PaymentRefunded(giveBack(1), 60), new PaymentCharged(pay(2)));
    assertThat(outcome.changed()).containsExactly(new Refunded(1, "ann", euro(60)));
    assertThat(outcome.opened()).containsExactly(new Charged(2, "ann", euro(60)));
  }

  @Test
  void callsOffAChargeThatComesAfterItsRefund() {
    annHolds(euro(100));

    var outcome = handle(refund(1), charge(1, euro(60)));

    assertThat(outcome.replies())
        .containsExactly(
            new PaymentRefunded(giveBack(1), 0), new PaymentDeclined(pay(1), CALLED_OFF));
    assertThat(outcome.opened()).containsExactly(new CalledOff(1));
    assertThat(outcome.transactions()).isEmpty();
  }

  @Test
  void chargesNoOrderThatWasRefunded() {
    annHolds(euro(100));
    payments.put(1L, new Refunded(1, "ann", euro(60)));

    var outcome = handle(charge(1, 2, euro(60)));

    assertThat(outcome.replies()).containsExactly(new PaymentDeclined(pay(1, 2), CALLED_OFF));
    assertThat(outcome.changed()).isEmpty();
  }

  @Test
  void neverChargesWhatWasDeclinedAndThenRefunded() {
    annHolds(euro(100));
    payments.put(1L, new Declined(1, "ann", euro(60), INSUFFICIENT_FUNDS, 1));

    var outcome = handle(refund(1), charge(1, 2, euro(60)));

    assertThat(outcome.replies())
        .containsExactly(
            new PaymentRefunded(giveBack(1), 0), new PaymentDeclined(pay(1, 2), CALLED_OFF));
    assertThat(outcome.changed()).containsExactly(new CalledOff(1));
  }

  @Test
  void refundsOnceAndSaysTheSameInALaterRound() {
    annHolds(euro(0));
    payments.put(1L, new Refunded(1, "ann", euro(60)));

    var outcome = handle(new RefundPayment(new StepKey(1, "refund", 2)));

    assertThat(outcome.replies())
        .containsExactly(new PaymentRefunded(new StepKey(1, "refund", 2), 60));
    assertThat(outcome.transactions()).isEmpty();
  }

  @Test
  void doesNotChargeAgainInALaterRound() {
    annHolds(euro(100));
    payments.put(1L, new Charged(1, "ann", euro(60)));

    var outcome = handle(charge(1, 2, euro(60)));

    assertThat(outcome.replies()).containsExactly(new PaymentCharged(pay(1, 2)));
    assertThat(outcome.transactions()).isEmpty();
  }

  @Test
  void decidesAgainInALaterRoundWhatWasDeclined() {
    annHolds(euro(100));
    payments.put(1L, new Declined(1, "ann", euro(60), NO_WALLET, 1));

    var outcome = handle(charge(1, 2, euro(60)));

    assertThat(outcome.replies()).containsExactly(new PaymentCharged(pay(1, 2)));
    assertThat(outcome.changed()).containsExactly(new Charged(1, "ann", euro(60)));
  }

  @Test
  void refusesARoundThatContradictsWhatWasCharged() {
    annHolds(euro(100));
    payments.put(1L, new Charged(1, "ann", euro(60)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(charge(1, 2, euro(61))))
        .withMessageContaining("contradicts");
  }

  @Test
  void refusesACommandThatMakesNoSense() {
    annHolds(euro(100));

    assertThatIllegalArgumentException().isThrownBy(() -> handle(charge(1, euro(0))));
    assertThatIllegalArgumentException().isThrownBy(() -> handle(charge(1, euro(-5))));
    assertThatExceptionOfType(MoneyRefused.UnknownCurrency.class)
        .isThrownBy(
            () -> handle(new ChargePayment(pay(1), "ann", 5, "doubloon", PaymentMethod.WALLET)));
  }

  private void annHolds(Money balance) {
    wallets.put("ann", new Wallet("ann", balance));
  }

  private Outcome handle(PaymentCommand... batch) {
    return PaymentRules.decide(payments, wallets, List.of(batch));
  }

  private static void assertDeclined(Outcome outcome, DeclineReason reason) {
    assertThat(outcome.replies()).containsExactly(new PaymentDeclined(pay(1), reason));
    assertThat(outcome.opened()).containsExactly(new Declined(1, "ann", euro(100), reason, 1));
    assertThat(outcome.transactions()).isEmpty();
  }

  private static ChargePayment charge(long orderId, Money total) {
    return charge(orderId, 1, total);
  }

  private static ChargePayment charge(long orderId, int round, Money total) {
    return new ChargePayment(
        pay(orderId, round),
        "ann",
        total.minor(),
        total.currency().getCurrencyCode(),
        PaymentMethod.WALLET);
  }

  private static RefundPayment refund(long orderId) {
    return new RefundPayment(giveBack(orderId));
  }

  private static StepKey pay(long orderId) {
    return pay(orderId, 1);
  }

  private static StepKey pay(long orderId, int round) {
    return new StepKey(orderId, "pay", round);
  }

  private static StepKey giveBack(long orderId) {
    return new StepKey(orderId, "refund", 1);
  }

  private static Money euro(long minor) {
    return Money.of(minor, "EUR");
  }
}
