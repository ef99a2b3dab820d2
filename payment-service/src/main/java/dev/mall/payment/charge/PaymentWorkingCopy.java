package dev.mall.payment.charge;

import dev.mall.contracts.Reply;
import dev.mall.money.Money;
import dev.mall.payment.charge.PaymentRules.Outcome;
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

/** Payments and wallets as the commands of a batch leave them, one after the other. */
final class PaymentWorkingCopy {

  private final Map<Long, Payment> payments;
  private final Map<String, Wallet> wallets;
  private final Set<Long> paymentsBefore;
  private final Set<Long> written = new LinkedHashSet<>();
  private final List<LedgerTransaction> transactions = new ArrayList<>();

  PaymentWorkingCopy(Map<Long, Payment> payments, Map<String, Wallet> wallets) {
    this.payments = new HashMap<>(payments);
    this.paymentsBefore = Set.copyOf(payments.keySet());
    this.wallets = new HashMap<>(wallets);
  }

  @Nullable Payment payment(long orderId) {
    return payments.get(orderId);
  }

  @Nullable Wallet wallet(String customerId) {
    return wallets.get(customerId);
  }

  /** Whether the wallet, which must be there, covers {@code amount} of its currency. */
  boolean covers(String customerId, Money amount) {
    return Objects.requireNonNull(wallet(customerId)).covers(amount);
  }

  void write(Payment payment) {
    payments.put(payment.orderId(), payment);
    written.add(payment.orderId());
  }

  void move(LedgerTransaction transaction) {
    transactions.add(transaction);
    if (transaction.movesWallet()) {
      wallets.compute(
          transaction.customerId(),
          (_, wallet) -> Objects.requireNonNull(wallet).after(transaction));
    }
  }

  Outcome outcome(List<Reply> replies) {
    var opened = new ArrayList<Payment>();
    var changed = new ArrayList<Payment>();
    for (var orderId : written) {
      (paymentsBefore.contains(orderId) ? changed : opened).add(payments.get(orderId));
    }
    return new Outcome(replies, opened, changed, transactions);
  }
}
