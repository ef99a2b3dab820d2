package dev.mall.order.web;

import dev.mall.identifiers.IdsUnavailable;
import dev.mall.order.OrderRefused;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.FieldError;
import dev.mall.web.problem.ProblemType;
import dev.mall.web.problem.Problems;
import java.time.Duration;
import java.util.List;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** How each refusal looks to the client. */
@RestControllerAdvice
class OrderProblems {

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(OrderRefused refused) {
    return answer(problem(refused));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(IdsUnavailable unavailable) {
    return answer(later(CommonProblem.UNAVAILABLE, unavailable, Duration.ofSeconds(2)));
  }

  private static ErrorResponseException problem(OrderRefused refused) {
    return switch (refused) {
      case OrderRefused.Unknown _ -> no(OrderProblem.ORDER_UNKNOWN, refused);
      case OrderRefused.UnknownSku _ -> no(OrderProblem.SKU_UNKNOWN, refused, "items");
      case OrderRefused.MixedCurrencies _ -> no(OrderProblem.CURRENCIES_MIXED, refused, "items");
      case OrderRefused.TotalTooLarge _ -> no(OrderProblem.TOTAL_TOO_LARGE, refused, "items");
      case OrderRefused.PriceChanged changed -> priceChanged(changed);
      case OrderRefused.KeyReused _ ->
          no(OrderProblem.IDEMPOTENCY_KEY_REUSED, refused, IdempotencyKey.HEADER);
      case OrderRefused.KeyBusy _ ->
          no(OrderProblem.IDEMPOTENCY_KEY_BUSY, refused, IdempotencyKey.HEADER);
      case OrderRefused.TooManyOpen _ ->
          later(OrderProblem.TOO_MANY_OPEN_ORDERS, refused, Duration.ofSeconds(5));
      case OrderRefused.Overrun _ -> later(CommonProblem.OVERRUN, refused, Duration.ofSeconds(1));
      case OrderRefused.NoPrices _ -> later(OrderProblem.NO_PRICES, refused, Duration.ofSeconds(2));
    };
  }

  private static ErrorResponseException priceChanged(OrderRefused.PriceChanged changed) {
    return no(OrderProblem.PRICE_CHANGED, changed, "expectedTotalMinor");
  }

  private static ErrorResponseException no(ProblemType type, OrderRefused refused) {
    return Problems.refusal(type, refused.detail(), List.of());
  }

  private static ErrorResponseException no(ProblemType type, OrderRefused refused, String field) {
    var error = new FieldError(field, refused.detail());
    return Problems.refusal(type, refused.detail(), List.of(error));
  }

  private static ErrorResponseException later(
      ProblemType type, RuntimeException refused, Duration after) {
    return Problems.retryLater(type, String.valueOf(refused.getMessage()), after);
  }

  private static ResponseEntity<ProblemDetail> answer(ErrorResponseException refusal) {
    return ResponseEntity.status(refusal.getStatusCode())
        .headers(refusal.getHeaders())
        .body(refusal.getBody());
  }
}
