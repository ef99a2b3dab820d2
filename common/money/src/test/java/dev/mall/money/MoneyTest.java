package dev.mall.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  @Test
  void addsAndSubtractsExactly() {
    assertThat(euro(1999).plus(euro(1))).isEqualTo(euro(2000));
    assertThat(euro(5).minus(euro(8))).isEqualTo(euro(-3));
    assertThat(euro(250).times(3)).isEqualTo(euro(750));
    assertThat(euro(250).negate()).isEqualTo(euro(-250));
  }

  @Test
  void refusesASumThatDoesNotFit() {
    assertThatExceptionOfType(MoneyRefused.Overflow.class)
        .isThrownBy(() -> euro(Long.MAX_VALUE).plus(euro(1)))
        .withMessageContaining("92233720368547758.07 EUR + 0.01 EUR");
    assertThatExceptionOfType(MoneyRefused.Overflow.class)
        .isThrownBy(() -> euro(Long.MIN_VALUE).minus(euro(1)));
    assertThatExceptionOfType(MoneyRefused.Overflow.class)
        .isThrownBy(() -> euro(Long.MAX_VALUE / 2).times(3));
    assertThatExceptionOfType(MoneyRefused.Overflow.class)
        .isThrownBy(() -> euro(Long.MIN_VALUE).negate());
  }

  @Test
  void refusesToMixCurrencies() {
    var yen = Money.of(1, "JPY");

    assertThatExceptionOfType(MoneyRefused.MixedCurrencies.class)
        .isThrownBy(() -> euro(1).plus(yen))
        .withMessage("EUR and JPY do not mix");
    assertThatExceptionOfType(MoneyRefused.MixedCurrencies.class)
        .isThrownBy(() -> euro(1).minus(yen));
    assertThatExceptionOfType(MoneyRefused.MixedCurrencies.class)
        .isThrownBy(() -> euro(1).isLessThan(yen));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EUR", "USD", "JPY", "KWD", "CLF"})
  void knowsCurrenciesByTheirCode(String code) {
    assertThat(Money.currency(code)).isEqualTo(Currency.getInstance(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "E", "eur", "EURO", "EU€", "ZZZ", "   ", "E\u0000R", "XXX", "XAU"})
  void refusesWhatIsNoCurrencyOrHasNoPrices(String code) {
    assertThatExceptionOfType(MoneyRefused.UnknownCurrency.class)
        .isThrownBy(() -> Money.currency(code));
  }

  @Test
  void repeatsLittleOfALongCode() {
    assertThatExceptionOfType(MoneyRefused.UnknownCurrency.class)
        .isThrownBy(() -> Money.currency("E".repeat(1_000_000)))
        .withMessage("\"EEE…\" is not an ISO 4217 currency code");
  }

  @ParameterizedTest
  @CsvSource({
    "1234, EUR, 12.34 EUR",
    "5, EUR, 0.05 EUR",
    "-5, EUR, -0.05 EUR",
    "0, EUR, 0.00 EUR",
    "500, JPY, 500 JPY",
    "1234, KWD, 1.234 KWD",
    "-9223372036854775808, EUR, -92233720368547758.08 EUR"
  })
  void isReadByPeople(long minor, String currency, String text) {
    assertThat(Money.of(minor, currency)).hasToString(text);
  }

  @Test
  void knowsItsSign() {
    assertThat(euro(1).isPositive()).isTrue();
    assertThat(euro(-1).isNegative()).isTrue();
    assertThat(euro(0).isPositive() || euro(0).isNegative()).isFalse();
    assertThat(euro(1).isLessThan(euro(2))).isTrue();
    assertThat(euro(2).isLessThan(euro(2))).isFalse();
  }

  private static Money euro(long minor) {
    return Money.of(minor, "EUR");
  }
}
