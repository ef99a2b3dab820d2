package dev.mall.payment.charge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.money.Money;
import dev.mall.payment.charge.Payment.CalledOff;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.charge.Payment.Declined;
import dev.mall.payment.charge.Payment.Refunded;
import dev.mall.payment.ledger.LedgerTransaction;
import dev.mall.payment.ledger.LedgerTransaction.Kind;
import dev.mall.payment.ledger.Wallet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The tables of payment-service as maps, and an auditor for them. */
class PaymentModel {

  private final String name;
  private final Map<StepKey, Reply> answered = new HashMap<>();
  private final Map<Long, Payment> payments = new HashMap<>();
  private final Map<String, Wallet> wallets = new HashMap<>();
  private final List<LedgerTransaction> ledger = new ArrayList<>();

  PaymentModel(String name) {
    this.name = name;
  }

  void deposit(String customer, long minor, String currency) {
    var amount = Money.of(minor, currency);
    var wallet =
        wallets.computeIfAbsent(customer, c -> new Wallet(c, Money.zero(amount.currency())));
    if (wallet.isKeptIn(amount.currency())) {
      post(LedgerTransaction.deposit(new UUID(0, ledger.size()), customer, amount));
    }
  }

  void handle(List<PaymentCommand> batch) {
    var fresh = new LinkedHashMap<StepKey, PaymentCommand>();
    batch.forEach(command -> fresh.putIfAbsent(command.step(), command));
    fresh.keySet().removeAll(answered.keySet());
    var outcome = PaymentRules.decide(payments, wallets, List.copyOf(fresh.values()));

    assertThat(outcome.opened()).as(name).noneMatch(p -> payments.containsKey(p.orderId()));
    assertThat(outcome.changed()).as(name).allMatch(p -> payments.containsKey(p.orderId()));
    Stream.concat(outcome.opened().stream(), outcome.changed().stream())
        .forEach(payment -> payments.put(payment.orderId(), payment));
    outcome.transactions().forEach(this::post);
    assertThat(outcome.replies())
        .as(name)
        .extracting(Reply::step)
        .containsExactlyElementsOf(fresh.keySet());
    outcome.replies().forEach(reply -> answered.put(reply.step(), reply));
  }

  long inWallets() {
    return wallets.values().stream().mapToLong(wallet -> wallet.balance().minor()).sum();
  }

  void judge() {
    payments.values().forEach(this::judge);
    for (var wallet : wallets.values()) {
      assertThat(wallet.balance().isNegative()).as(name).isFalse();
      assertThat(sumOf(wallet.customerId())).as(name).isEqualTo(wallet.balance().minor());
    }
  }

  private void judge(Payment payment) {
    var charged = of(Kind.CHARGE, payment.orderId());
    var refunded = of(Kind.REFUND, payment.orderId());
    switch (payment) {
      case Charged(_, _, var amount) -> {
        assertThat(charged).as("%s: charged once", name).containsExactly(amount);
        assertThat(refunded).as(name).isEmpty();
      }
      case Refunded(_, _, var amount) -> {
        assertThat(charged).as(name).containsExactly(amount);
        assertThat(refunded).as("%s: nets to zero", name).containsExactly(amount);
      }
      case Declined _, CalledOff _ -> {
        assertThat(charged).as("%s: nothing taken", name).isEmpty();
        assertThat(refunded).as(name).isEmpty();
      }
    }
  }

  private void post(LedgerTransaction transaction) {
    ledger.add(transaction);
    wallets.computeIfPresent(transaction.customerId(), (_, wallet) -> wallet.after(transaction));
  }

  private List<Money> of(Kind kind, long orderId) {
    return ledger.stream()
        .filter(t -> t.kind() == kind && t.reference().equals(Long.toString(orderId)))
        .map(LedgerTransaction::amount)
        .toList();
  }

  private long sumOf(String customer) {
    return ledger.stream()
        .filter(t -> t.customerId().equals(customer))
        .mapToLong(t -> t.kind() == Kind.CHARGE ? -t.amount().minor() : t.amount().minor())
        .sum();
  }
}
