package dev.mall.payment.charge;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.CapturePayment;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentCommand.VoidPayment;
import dev.mall.contracts.PaymentReply.CaptureRefusal;
import dev.mall.contracts.PaymentReply.CaptureRefused;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentCaptured;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.PaymentReply.PaymentVoided;
import dev.mall.contracts.PaymentReply.VoidRefused;
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
import dev.mall.payment.ledger.Wallet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides what payment commands do. Pure: it knows neither database nor transport. */
final class PaymentRules {

  private final PaymentWorkingCopy copy;

  private PaymentRules(PaymentWorkingCopy copy) {
    this.copy = copy;
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
   * @param wallets of the customers who are to pay, and of those who paid {@code payments}
   * @param batch each {@link StepKey} at most once
   * @throws IllegalArgumentException if a command is invalid or contradicts an earlier one
   * @throws dev.mall.money.MoneyRefused if an amount is invalid or overflows a wallet
   */
  static Outcome decide(
      Map<Long, Payment> payments,
      Map<String, Wallet> wallets,
      List<? extends PaymentCommand> batch) {
    var copy = new PaymentWorkingCopy(payments, wallets);
    var rules = new PaymentRules(copy);
    return copy.outcome(batch.stream().map(rules::decide).toList());
  }

  /** Returns the held money of {@code overdue} authorizations to {@code wallets}. */
  static Outcome expire(Collection<Authorized> overdue, Map<String, Wallet> wallets) {
    var payments =
        overdue.stream().collect(Collectors.toMap(Payment::orderId, Function.identity()));
    var copy = new PaymentWorkingCopy(Map.copyOf(payments), wallets);
    for (var hold : overdue) {
      copy.move(LedgerTransaction.release(hold.orderId(), hold.customerId(), hold.amount()));
      copy.write(new Expired(hold.orderId(), hold.customerId(), hold.amount()));
    }
    return copy.outcome(List.of());
  }

  private Reply decide(PaymentCommand command) {
    return switch (command) {
      case ChargePayment charge -> demand(PaymentDemand.of(charge));
      case AuthorizePayment authorize -> demand(PaymentDemand.of(authorize));
      case CapturePayment(var step, var minor, var currency) ->
          capture(step, Money.of(minor, currency));
      case VoidPayment(var step) -> release(step);
      case RefundPayment(var step) -> refund(step);
    };
  }

  private Reply demand(PaymentDemand demand) {
    var step = demand.step();
    return switch (copy.payment(step.orderId())) {
      case null -> take(demand);
      case Declined declined when step.round() <= declined.round() ->
          new PaymentDeclined(step, declined.reason());
      case Declined _ -> take(demand);
      case Charged charged -> metAlready(demand, charged);
      case Authorized authorized -> metAlready(demand, authorized);
      case Refunded _, CalledOff _, Voided _, Expired _ ->
          new PaymentDeclined(step, DeclineReason.CALLED_OFF);
    };
  }

  /** A new round asks again for what has been done: it is not done again. */
  private static Reply metAlready(PaymentDemand demand, Payment payment) {
    if (!demand.isMetBy(payment)) {
      throw new IllegalArgumentException("%s contradicts %s".formatted(demand, payment));
    }
    return demand.accepted();
  }

  private Reply take(PaymentDemand demand) {
    return switch (demand.method()) {
      case WALLET -> takeFromWallet(demand);
    };
  }

  private Reply takeFromWallet(PaymentDemand demand) {
    var wallet = copy.wallet(demand.customerId());
    if (wallet == null) {
      return decline(demand, DeclineReason.NO_WALLET);
    }
    if (!wallet.isKeptIn(demand.total().currency())) {
      return decline(demand, DeclineReason.WRONG_CURRENCY);
    }
    if (!wallet.covers(demand.total())) {
      return decline(demand, DeclineReason.INSUFFICIENT_FUNDS);
    }
    copy.move(demand.transaction());
    copy.write(demand.payment());
    return demand.accepted();
  }

  private Reply decline(PaymentDemand demand, DeclineReason reason) {
    var step = demand.step();
    copy.write(
        new Declined(step.orderId(), demand.customerId(), demand.total(), reason, step.round()));
    return new PaymentDeclined(step, reason);
  }

  private Reply capture(StepKey step, Money total) {
    return switch (copy.payment(step.orderId())) {
      case Charged(_, _, var amount) when amount.equals(total) -> new PaymentCaptured(step);
      case Authorized(var order, var customer, var amount) when amount.equals(total) ->
          capture(step, LedgerTransaction.capture(order, customer, amount));
      case Expired(var order, var customer, var amount) when amount.equals(total) ->
          copy.covers(customer, amount)
              ? capture(step, LedgerTransaction.charge(order, customer, amount))
              : new CaptureRefused(step, CaptureRefusal.INSUFFICIENT_FUNDS);
      case Charged _, Authorized _, Expired _ ->
          new CaptureRefused(step, CaptureRefusal.OTHER_AMOUNT);
      case null -> new CaptureRefused(step, CaptureRefusal.NOT_AUTHORIZED);
      case Declined _, Refunded _, CalledOff _, Voided _ ->
          new CaptureRefused(step, CaptureRefusal.NOT_AUTHORIZED);
    };
  }

  private Reply capture(StepKey step, LedgerTransaction transaction) {
    copy.move(transaction);
    copy.write(new Charged(step.orderId(), transaction.customerId(), transaction.amount()));
    return new PaymentCaptured(step);
  }

  private Reply release(StepKey step) {
    return switch (copy.payment(step.orderId())) {
      case null -> callOff(step);
      case Declined _ -> callOff(step);
      case CalledOff _, Refunded _ -> new PaymentVoided(step, 0);
      case Authorized authorized -> voided(step, release(authorized));
      case Expired expired -> voided(step, giveUp(expired));
      case Voided voided -> voided(step, voided);
      case Charged _ -> new VoidRefused(step);
    };
  }

  private Reply callOff(StepKey step) {
    copy.write(new CalledOff(step.orderId()));
    return new PaymentVoided(step, 0);
  }

  private static Reply voided(StepKey step, Voided voided) {
    return new PaymentVoided(step, voided.amount().minor());
  }

  private Voided release(Authorized hold) {
    copy.move(LedgerTransaction.release(hold.orderId(), hold.customerId(), hold.amount()));
    return write(new Voided(hold.orderId(), hold.customerId(), hold.amount()));
  }

  private Voided giveUp(Expired hold) {
    return write(new Voided(hold.orderId(), hold.customerId(), hold.amount()));
  }

  private Voided write(Voided voided) {
    copy.write(voided);
    return voided;
  }

  /** Releases money that is only held; nothing was taken then. */
  private Reply refund(StepKey step) {
    return switch (copy.payment(step.orderId())) {
      case Charged(var order, var customer, var amount) -> {
        copy.move(LedgerTransaction.refund(order, customer, amount));
        copy.write(new Refunded(order, customer, amount));
        yield new PaymentRefunded(step, amount.minor());
      }
      case Refunded(_, _, var amount) -> new PaymentRefunded(step, amount.minor());
      case null -> releaseAndRefundNothing(step);
      case Declined _, CalledOff _, Authorized _, Expired _, Voided _ ->
          releaseAndRefundNothing(step);
    };
  }

  private Reply releaseAndRefundNothing(StepKey step) {
    release(step);
    return new PaymentRefunded(step, 0);
  }
}
