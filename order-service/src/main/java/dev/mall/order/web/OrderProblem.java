package dev.mall.order.web;

import dev.mall.web.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of this service's own, listed in docs/problems.md. */
enum OrderProblem implements ProblemType {
  ORDER_UNKNOWN("order-unknown", HttpStatus.NOT_FOUND, "There is no such order"),
  SKU_UNKNOWN("sku-unknown", HttpStatus.UNPROCESSABLE_CONTENT, "A product is not for sale"),
  CURRENCIES_MIXED(
      "currencies-mixed", HttpStatus.UNPROCESSABLE_CONTENT, "The products' currencies differ"),
  TOTAL_TOO_LARGE(
      "total-too-large", HttpStatus.UNPROCESSABLE_CONTENT, "The total cannot be counted"),
  PRICE_CHANGED("price-changed", HttpStatus.CONFLICT, "The total is not the one expected"),
  KEY_REUSED(
      "idempotency-key-reused",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The key belongs to another request"),
  KEY_BUSY("idempotency-key-busy", HttpStatus.CONFLICT, "The same request is being worked on"),
  TOO_MANY_OPEN_ORDERS(
      "too-many-open-orders", HttpStatus.SERVICE_UNAVAILABLE, "The shop has its hands full"),
  OVERRUN("overrun", HttpStatus.SERVICE_UNAVAILABLE, "Too many requests at once"),
  NO_PRICES("no-prices", HttpStatus.SERVICE_UNAVAILABLE, "The catalogue has not been read yet");

  private final String slug;
  private final HttpStatus status;
  private final String title;

  OrderProblem(String slug, HttpStatus status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  @Override
  public String slug() {
    return slug;
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
