package dev.mall.payment.wallet.web;

import static dev.mall.web.problem.Problems.problem;

import dev.mall.money.MoneyRefused;
import dev.mall.payment.wallet.DepositRefused;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.Problems;
import java.util.Objects;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says what is wrong with a request about a wallet. */
@RestControllerAdvice
class WalletProblems {

  @ExceptionHandler
  ProblemDetail on(DepositRefused refused) {
    var why = Objects.requireNonNull(refused.getMessage());
    return switch (refused) {
      case DepositRefused.OtherCurrency _ ->
          problem(
              WalletProblem.OTHER_CURRENCY, why, new FieldError("currency", "is not the wallet's"));
      case DepositRefused.WalletFull _ ->
          problem(
              WalletProblem.WALLET_FULL,
              why,
              new FieldError("amountMinor", "is more than still fits"));
      case DepositRefused.KeyReused _ ->
          problem(
              WalletProblem.IDEMPOTENCY_KEY_REUSED,
              why,
              new FieldError(IdempotencyKey.HEADER, "was used for another deposit"));
    };
  }

  @ExceptionHandler
  ProblemDetail on(MoneyRefused.UnknownCurrency refused) {
    return Problems.invalid("currency", "must be an ISO 4217 code, like EUR").getBody();
  }
}
