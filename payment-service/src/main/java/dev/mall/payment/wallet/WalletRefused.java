package dev.mall.payment.wallet;

import dev.mall.money.Money;
import dev.mall.payment.ledger.Wallet;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.Problem;
import dev.mall.web.problem.RequestRefused;
import java.io.Serial;
import java.util.Currency;

/** The refusals of requests about wallets; a refused deposit leaves the wallet as it was. */
public abstract sealed class WalletRefused extends RequestRefused {

  @Serial private static final long serialVersionUID = 1L;

  private WalletRefused(String detail, FieldError... errors) {
    super(detail, errors);
  }

  @Problem(type = "wallet-unknown", status = 404, title = "Unknown wallet")
  public static final class UnknownWallet extends WalletRefused {
    public UnknownWallet(String customerId) {
      super(customerId + " has no wallet");
    }
  }

  @Problem(type = "deposit-unknown", status = 404, title = "Unknown deposit")
  public static final class UnknownDeposit extends WalletRefused {
    public UnknownDeposit(String customerId) {
      super(customerId + " made no such deposit");
    }
  }

  @Problem(type = "other-currency", status = 409, title = "Wallet kept in another currency")
  public static final class OtherCurrency extends WalletRefused {
    OtherCurrency(Currency kept) {
      super("the wallet is kept in " + kept, new FieldError("currency", "is not the wallet's"));
    }
  }

  @Problem(type = "wallet-full", status = 409, title = "Wallet full")
  public static final class WalletFull extends WalletRefused {
    WalletFull(Wallet wallet, Money most) {
      super(
          "the wallet holds %s and may hold %s".formatted(wallet.balance(), most),
          new FieldError("amountMinor", "is more than still fits"));
    }
  }

  /** The customer used the key for another deposit. */
  @Problem(type = "idempotency-key-reused", status = 422, title = "Idempotency key reused")
  public static final class KeyReused extends WalletRefused {
    KeyReused(Deposit earlier) {
      super(
          "the key belongs to a deposit of " + earlier.receipt().amount(),
          new FieldError(IdempotencyKey.HEADER, "was used for another deposit"));
    }
  }
}
