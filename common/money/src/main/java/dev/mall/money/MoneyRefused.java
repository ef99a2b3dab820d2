package dev.mall.money;

import java.io.Serial;
import java.util.Currency;

/** Every way in which a sum cannot be made; nothing was computed. */
public abstract sealed class MoneyRefused extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private MoneyRefused(String message) {
    super(message);
  }

  /** The result has more minor units than a {@code long} can hold. */
  public static final class Overflow extends MoneyRefused {

    @Serial private static final long serialVersionUID = 1L;

    Overflow(String sum) {
      super(sum + " is more money than can be counted");
    }
  }

  /** Two amounts of different currencies met. */
  public static final class MixedCurrencies extends MoneyRefused {

    @Serial private static final long serialVersionUID = 1L;

    MixedCurrencies(Currency one, Currency other) {
      super("%s and %s do not mix".formatted(one, other));
    }
  }

  /** A text is not the code of a currency in which prices can be given. */
  public static final class UnknownCurrency extends MoneyRefused {

    @Serial private static final long serialVersionUID = 1L;

    UnknownCurrency(String code) {
      super("\"%s\" is not an ISO 4217 currency code".formatted(code));
    }
  }
}
