package dev.mall.money;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.function.LongSupplier;

/**
 * An exact amount of one currency; may be negative.
 *
 * <p>Whatever cannot be exact is refused with {@link MoneyRefused}, never rounded or wrapped.
 *
 * @param minor counts the currency's smallest unit: cents for EUR, yen for JPY
 * @param currency one that has a smallest unit; gold and special drawing rights have none
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {

  private static final int LENGTH_OF_CODE = 3;

  /**
   * @throws MoneyRefused.UnknownCurrency if nothing can be priced in {@code currency}
   */
  public Money {
    if (currency.getDefaultFractionDigits() < 0) {
      throw new MoneyRefused.UnknownCurrency(currency.getCurrencyCode());
    }
  }

  /**
   * @param currencyCode ISO 4217, in capitals
   * @throws MoneyRefused.UnknownCurrency if nothing can be priced in it
   */
  public static Money of(long minor, String currencyCode) {
    return new Money(minor, currency(currencyCode));
  }

  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /**
   * The currency that {@code code} names.
   *
   * @param code ISO 4217, in capitals
   * @throws MoneyRefused.UnknownCurrency if there is none, or nothing can be priced in it
   */
  public static Currency currency(String code) {
    if (code.length() != LENGTH_OF_CODE) { // keeps what a stranger sent out of the message
      throw new MoneyRefused.UnknownCurrency(code.substring(0, Math.min(code.length(), 3)) + "…");
    }
    try {
      return zero(Currency.getInstance(code)).currency();
    } catch (IllegalArgumentException _) {
      throw new MoneyRefused.UnknownCurrency(code);
    }
  }

  /**
   * @throws MoneyRefused.MixedCurrencies if {@code other} is of another currency
   * @throws MoneyRefused.Overflow if the sum does not fit
   */
  public Money plus(Money other) {
    refuseMixing(other);
    return exactly(() -> Math.addExact(minor, other.minor), "%s + %s", other);
  }

  /**
   * @throws MoneyRefused.MixedCurrencies if {@code other} is of another currency
   * @throws MoneyRefused.Overflow if the difference does not fit
   */
  public Money minus(Money other) {
    refuseMixing(other);
    return exactly(() -> Math.subtractExact(minor, other.minor), "%s - %s", other);
  }

  /**
   * @throws MoneyRefused.Overflow if the product does not fit
   */
  public Money times(long factor) {
    return exactly(() -> Math.multiplyExact(minor, factor), "%s * %s", factor);
  }

  /**
   * @throws MoneyRefused.Overflow for the one amount that has no opposite
   */
  public Money negate() {
    return zero(currency).minus(this);
  }

  public boolean isPositive() {
    return minor > 0;
  }

  public boolean isNegative() {
    return minor < 0;
  }

  /**
   * @throws MoneyRefused.MixedCurrencies if {@code other} is of another currency
   */
  public boolean isLessThan(Money other) {
    return compareTo(other) < 0;
  }

  /**
   * @throws MoneyRefused.MixedCurrencies if {@code other} is of another currency
   */
  @Override
  public int compareTo(Money other) {
    refuseMixing(other);
    return Long.compare(minor, other.minor);
  }

  /** For people: {@code 12.34 EUR}, {@code 500 JPY}, {@code -0.05 EUR}. */
  @Override
  public String toString() {
    var amount = BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
    return amount.toPlainString() + " " + currency.getCurrencyCode();
  }

  private void refuseMixing(Money other) {
    if (!currency.equals(other.currency)) {
      throw new MoneyRefused.MixedCurrencies(currency, other.currency);
    }
  }

  private Money exactly(LongSupplier sum, String description, Object operand) {
    try {
      return new Money(sum.getAsLong(), currency);
    } catch (ArithmeticException _) {
      throw new MoneyRefused.Overflow(description.formatted(this, operand));
    }
  }
}
