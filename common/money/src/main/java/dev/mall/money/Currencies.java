package dev.mall.money;

import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Distinguishes the currencies in which people pay today from withdrawn ones and units of account.
 */
public final class Currencies {

  /** The legal tender of any country, as this JDK's data has it. */
  private static final Set<Currency> CIRCULATING =
      Arrays.stream(Locale.getISOCountries())
          .map(country -> Currency.getInstance(Locale.of("", country)))
          .filter(Objects::nonNull)
          .collect(Collectors.toUnmodifiableSet());

  private Currencies() {}

  /**
   * The currency that {@code code} names, for new prices and accounts. Amounts that are stored
   * already may be in a currency that was withdrawn since: {@link Money#currency}.
   *
   * @param code ISO 4217, in capitals
   * @throws MoneyRefused.UnknownCurrency if there is none, or it is not in circulation
   */
  public static Currency circulating(String code) {
    var currency = Money.currency(code);
    if (!CIRCULATING.contains(currency)) {
      throw new MoneyRefused.UnknownCurrency(code);
    }
    return currency;
  }
}
