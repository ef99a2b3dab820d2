package dev.mall.payment.ledger;

import dev.mall.money.Money;
import java.util.UUID;

/**
 * One movement of money: between a wallet and one of the mall's own accounts, or, when held money
 * is captured, between two of those.
 *
 * @param reference what it is about: unique together with the kind
 * @param customerId whose wallet it is
 * @param amount above zero; the kind says which way it goes
 */
public record LedgerTransaction(Kind kind, String reference, String customerId, Money amount) {

  private static final String SALES = "sales";
  private static final String DEPOSITS = "deposits";
  private static final String HOLDS = "holds";

  /** Where the money comes from and where it goes. */
  public enum Kind {
    /** Money from outside fills the wallet. */
    DEPOSIT,
    /** The wallet pays an order. */
    CHARGE,
    /** An order's payment goes back to the wallet. */
    REFUND,
    /** The wallet's money is held for an order. */
    AUTHORIZE,
    /** Held money pays the order. */
    CAPTURE,
    /** Held money goes back to the wallet. */
    VOID
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

  public static LedgerTransaction authorization(long orderId, String customerId, Money amount) {
    return new LedgerTransaction(Kind.AUTHORIZE, Long.toString(orderId), customerId, amount);
  }

  public static LedgerTransaction capture(long orderId, String customerId, Money amount) {
    return new LedgerTransaction(Kind.CAPTURE, Long.toString(orderId), customerId, amount);
  }

  /** Of held money, by a void or because the authorization expired. */
  public static LedgerTransaction release(long orderId, String customerId, Money amount) {
    return new LedgerTransaction(Kind.VOID, Long.toString(orderId), customerId, amount);
  }

  /** The account that gives. */
  String debit() {
    return switch (kind) {
      case DEPOSIT -> DEPOSITS;
      case CHARGE, AUTHORIZE -> wallet();
      case REFUND -> SALES;
      case CAPTURE, VOID -> HOLDS;
    };
  }

  /** The account that receives. */
  String credit() {
    return switch (kind) {
      case DEPOSIT, REFUND, VOID -> wallet();
      case CHARGE, CAPTURE -> SALES;
      case AUTHORIZE -> HOLDS;
    };
  }

  /** Whether one of its sides is the wallet. */
  public boolean movesWallet() {
    return kind != Kind.CAPTURE;
  }

  /** By how much the wallet's balance changes; negative where the wallet pays. */
  Money walletChange() {
    return switch (kind) {
      case DEPOSIT, REFUND, VOID -> amount;
      case CHARGE, AUTHORIZE -> amount.negate();
      case CAPTURE -> Money.zero(amount.currency());
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
