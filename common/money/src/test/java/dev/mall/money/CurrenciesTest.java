package dev.mall.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrenciesTest {

  @ParameterizedTest
  @ValueSource(strings = {"EUR", "USD", "JPY", "CHF", "KWD"})
  void currenciesInCirculationAreAccepted(String code) {
    assertThat(Currencies.circulating(code).getCurrencyCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEM", "FRF", "USN", "CHE", "XXX", "XAU", "eur", "EURO", ""})
  void withdrawnOnesAndUnitsOfAccountAreRefused(String code) {
    assertThatThrownBy(() -> Currencies.circulating(code))
        .isInstanceOf(MoneyRefused.UnknownCurrency.class);
  }
}
