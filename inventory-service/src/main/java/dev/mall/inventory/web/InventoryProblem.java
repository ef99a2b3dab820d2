package dev.mall.inventory.web;

import dev.mall.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems only this service answers with. */
enum InventoryProblem implements ProblemType {
  PRODUCT_UNKNOWN(HttpStatus.NOT_FOUND, "There is no such product"),
  PRODUCT_CHANGED(HttpStatus.PRECONDITION_FAILED, "The product is at another version"),
  OTHER_CURRENCY(HttpStatus.CONFLICT, "The product is priced in another currency"),
  IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The key was used for another request");

  private final HttpStatus status;
  private final String title;

  InventoryProblem(HttpStatus status, String title) {
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
