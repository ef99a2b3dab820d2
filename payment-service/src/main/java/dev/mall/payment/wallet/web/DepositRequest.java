package dev.mall.payment.wallet.web;

import dev.mall.money.Currencies;
import dev.mall.money.Money;
import dev.mall.money.MoneyRefused;
import dev.mall.payment.wallet.DepositMoney;
import dev.mall.web.problem.Problems;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/**
 * @param amountMinor minor units of {@code currency}
 * @param currency ISO 4217
 */
record DepositRequest(
    @NotNull
        @Positive
        @Max(DepositMoney.MOST_MINOR)
        @Schema(description = "Minor units of `currency`.", example = "5000")
        Long amountMinor,
    @Schema(description = "ISO 4217; the wallet's, once there is one.", example = "EUR") @NotNull
        String currency) {

  Money amount() {
    try {
      return new Money(amountMinor, Currencies.circulating(currency));
    } catch (MoneyRefused.UnknownCurrency _) {
      throw Problems.invalid("currency", "must be an ISO 4217 code, like EUR");
    }
  }
}
