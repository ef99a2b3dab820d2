package dev.mall.payment.wallet.web;

import dev.mall.web.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** What can be wrong with a request about a wallet. */
enum WalletProblem implements ProblemType {
  WALLET_UNKNOWN(HttpStatus.NOT_FOUND, "The customer has no wallet"),
  DEPOSIT_UNKNOWN(HttpStatus.NOT_FOUND, "The customer made no such deposit"),
  OTHER_CURRENCY(HttpStatus.CONFLICT, "The wallet is kept in another currency"),
  WALLET_FULL(HttpStatus.CONFLICT, "The wallet cannot hold so much"),
  IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The key was used for another request");

  private final HttpStatus status;
  private final String title;

  WalletProblem(HttpStatus status, String title) {
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
