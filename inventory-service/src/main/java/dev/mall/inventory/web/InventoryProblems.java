package dev.mall.inventory.web;

import dev.mall.inventory.InventoryRefused;
import dev.mall.inventory.InventoryRefused.OtherCurrency;
import dev.mall.inventory.InventoryRefused.ReceiptKeyReused;
import dev.mall.inventory.InventoryRefused.UnknownProduct;
import dev.mall.inventory.InventoryRefused.VersionChanged;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.input.IfMatch;
import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.Problems;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells people why this service said no. */
@RestControllerAdvice
class InventoryProblems {

  @ExceptionHandler
  ProblemDetail on(InventoryRefused refused) {
    var why = String.valueOf(refused.getMessage());
    return switch (refused) {
      case UnknownProduct _ -> Problems.problem(InventoryProblem.PRODUCT_UNKNOWN, why);
      case VersionChanged _ ->
          Problems.problem(
              InventoryProblem.PRODUCT_CHANGED,
              why,
              new FieldError(IfMatch.HEADER, "does not name the current version"));
      case OtherCurrency _ ->
          Problems.problem(
              InventoryProblem.OTHER_CURRENCY,
              why,
              new FieldError("currency", "is not the product's"));
      case ReceiptKeyReused _ ->
          Problems.problem(
              InventoryProblem.IDEMPOTENCY_KEY_REUSED,
              why,
              new FieldError(IdempotencyKey.HEADER, "was used for another quantity"));
    };
  }
}
