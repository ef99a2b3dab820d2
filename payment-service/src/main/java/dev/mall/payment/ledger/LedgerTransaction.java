package dev.mall.payment.ledger;

import dev.mall.money.Money;
import java.util.UUID;

/**
 * One movement of money between a wallet and one of the mall's own accounts.
 *
 * @param reference what it is about: with the kind, unique for good
 * @param customerId whose wallet it is
 * @param amount above zero; the kind says which way it goes
 */
public record LedgerTransaction(Kind kind, String reference, String customerId, Money amount) {

  private static final String SALES = "sales";
  private static final String DEPOSITS = "deposits";

  /** Where the money comes from and where it goes. */
  public enum Kind {
    /** Money from outside fills the wallet. */
    DEPOSIT,
    /** The wallet pays an order. */
    CHARGE,
    /** An order's payment goes back to the wallet. */
    REFUND
  }

  public LedgerTransaction {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("%s %s moves %s".formatted(kind, reference, amount));
    }
  }

  public static LedgerTransaction deposit(UUID depositId, String customerId, Money amount) {
    return new LedgerTransaction(Kind.DEPOSIT, depositId.toString(), customerId, amount);
  }

  public static LedgerTransaction charge(long orderId, String customerId, Money amount) {
    return new LedgerTransaction(Kind.CHARGE, Long.toString(orderId), customerId, amount);
  }

  public static LedgerTransaction refund(long orderId, String customerId, Money amount) {
    return new LedgerTransaction(Kind.REFUND, Long.toString(orderId), customerId, amount);
  }

  /** The account that gives. */
  String debit() {
    return switch (kind) {
      case DEPOSIT -> DEPOSITS;
      case CHARGE -> wallet();
      case REFUND -> SALES;
    };
  }

  /** The account that receives. */
  String credit() {
    return switch (kind) {
      case DEPOSIT, REFUND -> wallet();
      case CHARGE -> SALES;
    };
  }

  /** By how much the wallet's balance changes; negative where the wallet pays. */
  Money walletChange() {
    return switch (kind) {
      case DEPOSIT, REFUND -> amount;
      case CHARGE -> amount.negate();
    };
  }

  /** The wallet that must be there: a customer's, in a currency. */
  Wallet walletKept() {
    return new Wallet(customerId, Money.zero(amount.currency()));
  }

  /** The account that stands for a customer's wallet. */
  public static String walletOf(String customerId) {
    return "wallet:" + customerId;
  }

  private String wallet() {
    return walletOf(customerId);
  }
}
