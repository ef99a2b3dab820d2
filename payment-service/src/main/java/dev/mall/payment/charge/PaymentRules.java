package dev.mall.payment.charge;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.Reply;
import dev.mall.money.Money;
import dev.mall.payment.charge.Payment.CalledOff;
import dev.mall.payment.charge.Payment.Charged;
import dev.mall.payment.charge.Payment.Declined;
import dev.mall.payment.charge.Payment.Refunded;
import dev.mall.payment.ledger.LedgerTransaction;
import dev.mall.payment.ledger.Wallet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides charges and refunds. Pure: it knows neither database nor transport. */
final class PaymentRules {

  private final Map<Long, Payment> payments;
  private final Map<String, Wallet> wallets;
  private final Set<Long> paymentsBefore;
  private final Set<Long> written = new LinkedHashSet<>();
  private final List<LedgerTransaction> transactions = new ArrayList<>();

  private PaymentRules(Map<Long, Payment> payments, Map<String, Wallet> wallets) {
    this.payments = new HashMap<>(payments);
    this.paymentsBefore = Set.copyOf(payments.keySet());
    this.wallets = new HashMap<>(wallets);
  }

  /**
   * @param replies one for each command, in their order
   * @param opened payments of orders that had none, as they are now
   * @param changed payments that were there, as they are now
   * @param transactions in the order they happened
   */
  record Outcome(
      List<Reply> replies,
      List<Payment> opened,
      List<Payment> changed,
      List<LedgerTransaction> transactions) {}

  /**
   * Decides a batch in its order; each command sees the effects of those before it.
   *
   * @param payments of the commands' orders
   * @param wallets of the customers to be charged, and of those who paid {@code payments}
   * @param batch each {@link dev.mall.contracts.values.StepKey} at most once
   * @throws IllegalArgumentException if a command is invalid or contradicts an earlier one
   * @throws dev.mall.money.MoneyRefused if an amount is invalid or overflows a wallet
   */
  static Outcome decide(
      Map<Long, Payment> payments,
      Map<String, Wallet> wallets,
      List<? extends PaymentCommand> batch) {
    var rules = new PaymentRules(payments, wallets);
    var replies = batch.stream().map(rules::decide).toList();
    return rules.outcome(replies);
  }

  private Outcome outcome(List<Reply> replies) {
    var opened = new ArrayList<Payment>();
    var changed = new ArrayList<Payment>();
    for (var orderId : written) {
      (paymentsBefore.contains(orderId) ? changed : opened).add(payments.get(orderId));
    }
    return new Outcome(replies, opened, changed, transactions);
  }

  private Reply decide(PaymentCommand command) {
    return switch (command) {
      case ChargePayment charge -> charge(charge);
      case RefundPayment refund -> refund(refund);
    };
  }

  private Reply charge(ChargePayment charge) {
    var total = totalOf(charge);
    return switch (paymentOf(charge)) {
      case null -> take(charge, total);
      case Declined declined when charge.step().round() <= declined.round() ->
          new PaymentDeclined(charge.step(), declined.reason());
      case Declined _ -> take(charge, total);
      case Charged charged -> chargedAlready(charged, charge, total);
      case Refunded _, CalledOff _ -> new PaymentDeclined(charge.step(), DeclineReason.CALLED_OFF);
    };
  }

  private Reply refund(RefundPayment refund) {
    var orderId = refund.step().orderId();
    return switch (paymentOf(refund)) {
      case null -> callOff(refund);
      case Declined _ -> callOff(refund);
      case CalledOff _ -> new PaymentRefunded(refund.step(), 0);
      case Refunded(_, _, var amount) -> new PaymentRefunded(refund.step(), amount.minor());
      case Charged(_, var customer, var amount) -> {
        move(LedgerTransaction.refund(orderId, customer, amount));
        write(new Refunded(orderId, customer, amount));
        yield new PaymentRefunded(refund.step(), amount.minor());
      }
    };
  }

  private Reply callOff(RefundPayment refund) {
    write(new CalledOff(refund.step().orderId()));
    return new PaymentRefunded(refund.step(), 0);
  }

  /** A new round asks again for what has been done: it is not done again. */
  private static Reply chargedAlready(Charged charged, ChargePayment charge, Money total) {
    if (!charged.equals(new Charged(charged.orderId(), charge.customerId(), total))) {
      throw new IllegalArgumentException("%s contradicts %s".formatted(charge, charged));
    }
    return new PaymentCharged(charge.step());
  }

  private Reply take(ChargePayment charge, Money total) {
    return switch (charge.method()) {
      case WALLET -> takeFromWallet(charge, total);
    };
  }

  private Reply takeFromWallet(ChargePayment charge, Money total) {
    var wallet = wallets.get(charge.customerId());
    if (wallet == null) {
      return decline(charge, total, DeclineReason.NO_WALLET);
    }
    if (!wallet.isKeptIn(total.currency())) {
      return decline(charge, total, DeclineReason.WRONG_CURRENCY);
    }
    if (!wallet.covers(total)) {
      return decline(charge, total, DeclineReason.INSUFFICIENT_FUNDS);
    }
    var orderId = charge.step().orderId();
    move(LedgerTransaction.charge(orderId, charge.customerId(), total));
    write(new Charged(orderId, charge.customerId(), total));
    return new PaymentCharged(charge.step());
  }

  private Reply decline(ChargePayment charge, Money total, DeclineReason reason) {
    var step = charge.step();
    write(new Declined(step.orderId(), charge.customerId(), total, reason, step.round()));
    return new PaymentDeclined(charge.step(), reason);
  }

  private @Nullable Payment paymentOf(PaymentCommand command) {
    return payments.get(command.step().orderId());
  }

  private void write(Payment payment) {
    payments.put(payment.orderId(), payment);
    written.add(payment.orderId());
  }

  private void move(LedgerTransaction transaction) {
    transactions.add(transaction);
    wallets.compute(
        transaction.customerId(), (_, wallet) -> Objects.requireNonNull(wallet).after(transaction));
  }

  private static Money totalOf(ChargePayment charge) {
    var total = Money.of(charge.totalMinor(), charge.currency());
    if (!total.isPositive()) {
      throw new IllegalArgumentException(charge + " asks for nothing");
    }
    return total;
  }
}
