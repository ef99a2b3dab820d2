package dev.mall.payment.wallet;

import dev.mall.money.Money;
import dev.mall.payment.ledger.Wallet;
import java.io.Serial;
import java.util.Currency;

/** Every way to refuse a deposit; the wallet is as it was. */
public abstract sealed class DepositRefused extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private DepositRefused(String message) {
    super(message);
  }

  /** The wallet is kept in another currency. */
  public static final class OtherCurrency extends DepositRefused {

    @Serial private static final long serialVersionUID = 1L;

    OtherCurrency(Currency kept) {
      super("the wallet is kept in " + kept);
    }
  }

  /** The customer used the key before, for another deposit. */
  public static final class KeyReused extends DepositRefused {

    @Serial private static final long serialVersionUID = 1L;

    KeyReused(Deposit earlier) {
      super("the key belongs to a deposit of " + earlier.receipt().amount());
    }
  }

  /** The wallet would hold more than a wallet may. */
  public static final class WalletFull extends DepositRefused {

    @Serial private static final long serialVersionUID = 1L;

    WalletFull(Wallet wallet, Money most) {
      super("the wallet holds %s and may hold %s".formatted(wallet.balance(), most));
    }
  }
}
