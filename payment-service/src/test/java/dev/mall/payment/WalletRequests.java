package dev.mall.payment;

import dev.mall.testing.HttpApi;
import dev.mall.web.input.IdempotencyKey;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Wallets over HTTP, as a client sees them. */
abstract class WalletRequests extends PaymentServiceTests {

  @LocalServerPort int port;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(jdbc).passes();
  }

  HttpResponse<String> deposit(String customer, String body) throws Exception {
    return deposit(customer, body, UnaryOperator.identity());
  }

  HttpResponse<String> deposit(String customer, String body, String key) throws Exception {
    return deposit(customer, body, request -> request.header(IdempotencyKey.HEADER, key));
  }

  HttpResponse<String> deposit(
      String customer, String body, UnaryOperator<HttpRequest.Builder> with) throws Exception {
    return api()
        .send(
            with.apply(api().to("/wallets/%s/deposits".formatted(customer)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
  }

  HttpApi api() {
    return new HttpApi(port);
  }
}
