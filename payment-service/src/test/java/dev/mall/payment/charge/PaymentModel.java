package dev.mall.payment.charge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.money.Money;
import dev.mall.payment.charge.Payment.Authorized;
import dev.mall.payment.charge.Payment.CalledOff;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.charge.Payment.Declined;
import dev.mall.payment.charge.Payment.Expired;
import dev.mall.payment.charge.Payment.Refunded;
import dev.mall.payment.charge.Payment.Voided;
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

  /** The money of orders that are charged now. */
  long takenFromWallets() {
    return payments.values().stream()
        .mapToLong(payment -> payment instanceof Charged(_, _, var amount) ? amount.minor() : 0)
        .sum();
  }

  void judge() {
    payments.values().forEach(this::judge);
    for (var wallet : wallets.values()) {
      assertThat(wallet.balance().isNegative()).as(name).isFalse();
      assertThat(sumOf(wallet.customerId())).as(name).isEqualTo(wallet.balance().minor());
    }
  }

  private void judge(Payment payment) {
    var order = payment.orderId();
    var moved = new Moved(order);
    switch (payment) {
      case Charged(_, _, var amount) -> {
        assertThat(moved.taken()).as("%s: charged once", name).containsExactly(amount);
        assertThat(moved.of(Kind.REFUND)).as(name).isEmpty();
      }
      case Refunded(_, _, var amount) -> {
        assertThat(moved.taken()).as(name).containsExactly(amount);
        assertThat(moved.of(Kind.REFUND)).as("%s: nets to zero", name).containsExactly(amount);
      }
      case Authorized _, Expired _, Voided _, Declined _, CalledOff _ -> {
        assertThat(moved.taken()).as("%s: nothing taken", name).isEmpty();
        assertThat(moved.of(Kind.REFUND)).as(name).isEmpty();
      }
    }
    assertThat(moved.of(Kind.AUTHORIZE)).as("%s: held once at most", name).hasSizeLessThan(2);
    assertThat(moved.held())
        .as("%s: held is what is authorized", name)
        .isEqualTo(payment instanceof Authorized hold ? hold.amount().minor() : 0);
  }

  /** Expires the authorization of an order, if there is one. */
  void expire(long order) {
    if (payments.get(order) instanceof Authorized hold) {
      var outcome = PaymentRules.expire(List.of(hold), wallets);
      outcome.transactions().forEach(this::post);
      outcome.changed().forEach(payment -> payments.put(payment.orderId(), payment));
    }
  }

  Payment payment(long order) {
    return payments.get(order);
  }

  Reply replyTo(StepKey key) {
    return answered.get(key);
  }

  /** The ledger transactions of one order. */
  private final class Moved {
    private final String reference;

    Moved(long order) {
      this.reference = Long.toString(order);
    }

    List<Money> of(Kind... kinds) {
      return ledger.stream()
          .filter(t -> List.of(kinds).contains(t.kind()) && t.reference().equals(reference))
          .map(LedgerTransaction::amount)
          .toList();
    }

    List<Money> taken() {
      return of(Kind.CHARGE, Kind.CAPTURE);
    }

    long held() {
      return sum(of(Kind.AUTHORIZE)) - sum(of(Kind.CAPTURE, Kind.VOID));
    }

    private static long sum(List<Money> amounts) {
      return amounts.stream().mapToLong(Money::minor).sum();
    }
  }

  private void post(LedgerTransaction transaction) {
    ledger.add(transaction);
    if (transaction.movesWallet()) {
      wallets.computeIfPresent(transaction.customerId(), (_, wallet) -> wallet.after(transaction));
    }
  }

  private long sumOf(String customer) {
    return ledger.stream()
        .filter(t -> t.customerId().equals(customer))
        .mapToLong(PaymentModel::walletChange)
        .sum();
  }

  private static long walletChange(LedgerTransaction transaction) {
    return switch (transaction.kind()) {
      case DEPOSIT, REFUND, VOID -> transaction.amount().minor();
      case CHARGE, AUTHORIZE -> -transaction.amount().minor();
      case CAPTURE -> 0;
    };
  }
}
