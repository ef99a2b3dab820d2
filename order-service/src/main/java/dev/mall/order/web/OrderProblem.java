package dev.mall.order.web;

import dev.mall.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of this service's own, listed in docs/problems.md. */
enum OrderProblem implements ProblemType {
  ORDER_UNKNOWN(HttpStatus.NOT_FOUND, "There is no such order"),
  SKU_UNKNOWN(HttpStatus.UNPROCESSABLE_CONTENT, "A product is not for sale"),
  CURRENCIES_MIXED(HttpStatus.UNPROCESSABLE_CONTENT, "The products' currencies differ"),
  TOTAL_TOO_LARGE(HttpStatus.UNPROCESSABLE_CONTENT, "The total cannot be counted"),
  PRICE_CHANGED(HttpStatus.CONFLICT, "The total is not the one expected"),
  IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The key belongs to another request"),
  IDEMPOTENCY_KEY_BUSY(HttpStatus.CONFLICT, "The same request is being worked on"),
  TOO_MANY_OPEN_ORDERS(HttpStatus.SERVICE_UNAVAILABLE, "The shop has its hands full"),
  NO_PRICES(HttpStatus.SERVICE_UNAVAILABLE, "The catalogue has not been read yet");

  private final HttpStatus status;
  private final String title;

  OrderProblem(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public HttpStatus status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
