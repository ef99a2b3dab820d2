package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.HttpApi;
import dev.mall.testing.StoredApi;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wallets and their statements of account. */
class WalletsIT extends WalletRequests {

  @ParameterizedTest
  @CsvSource({
    "GET, /wallets/zoe, 404, wallet-unknown",
    "GET, /wallets/zoe/entries, 404, wallet-unknown",
    "GET, /wallets/zoe/deposits/6f1e8f6a-5b2f-4c1e-9d5e-0b8a4c1d2e3f, 404, deposit-unknown",
    "GET, /wallets/a%20b, 400, invalid-request",
    "GET, /wallets/a%00b, 400, bad-request",
    "GET, /wallets/ann:bob, 400, invalid-request",
    "GET, /wallets/%C3%BCmit, 400, invalid-request",
    "GET, /wallets/a%20b/entries, 400, invalid-request",
    "GET, /wallets/ann/entries?cursor=nonsense, 400, invalid-request",
    "GET, /wallets/ann/entries?cursor=, 400, invalid-request",
    "GET, /wallets/ann/deposits/7, 400, invalid-request",
    "GET, /wallets, 404, not-found",
    "DELETE, /wallets/ann, 405, method-not-allowed",
    "GET, /wallets/ann/deposits, 405, method-not-allowed",
  })
  void whatIsNotThereOrMakesNoSenseIsAProblem(String method, String path, int status, String type)
      throws Exception {
    if (path.contains("/ann")) {
      payAnnOnce();
    }

    var answer = api().send(api().to(path).method(method, BodyPublishers.noBody()));

    HttpApi.problem(answer, status, type);
  }

  @Test
  void anOverlongCustomerIdIsRefused() throws Exception {
    HttpApi.assertProblem(
        api().get("/wallets/" + "x".repeat(65)), 400, "invalid-request", "customerId");
    HttpApi.assertProblem(
        deposit("x".repeat(65), "{\"amountMinor\": 5, \"currency\": \"EUR\"}"),
        400,
        "invalid-request",
        "customerId");
  }

  @Test
  void theStatementOfAccountListsEveryMovementNewestFirst() throws Exception {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();
    handle(charge(order, ann, euro(300)), refund(order));

    var page = HttpApi.body(api().get("/wallets/%s/entries".formatted(ann)));

    assertThat(page.path("items").findValuesAsString("kind"))
        .containsExactly("REFUND", "CHARGE", "DEPOSIT");
    assertThat(page.path("items").findValuesAsString("amountMinor"))
        .containsExactly("300", "-300", "1000");
    assertThat(page.path("items").path(1).path("reference").asString())
        .isEqualTo(Long.toString(order));
    assertThat(page.path("next").isNull()).isTrue();
  }

  @Test
  void theStatementOfAccountComesInPages() throws Exception {
    var ann = aCustomer();
    IntStream.rangeClosed(1, 120).forEach(n -> deposit(ann, euro(n)));

    var amounts = new ArrayList<String>();
    var cursor = "";
    while (cursor != null) {
      var page = HttpApi.body(api().get("/wallets/%s/entries%s".formatted(ann, cursor)));
      amounts.addAll(page.path("items").findValuesAsString("amountMinor"));
      cursor = page.path("next").isNull() ? null : "?cursor=" + page.path("next").asString();
    }

    assertThat(amounts)
        .containsExactlyElementsOf(
            IntStream.iterate(120, n -> n > 0, n -> n - 1).mapToObj(Integer::toString).toList());
  }

  @Test
  void showsAnOrdersPaymentWithItsAmounts() throws Exception {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();
    assertThat(api().get("/payments?orderId=" + order).body())
        .isEqualTo("{\"items\":[],\"next\":null}");

    handle(authorize(order, ann, euro(300)));

    var payment = HttpApi.body(api().get("/payments?orderId=" + order)).path("items").path(0);
    assertThat(payment.path("orderId").asString()).isEqualTo(Long.toString(order));
    assertThat(payment.path("status").asString()).isEqualTo("AUTHORIZED");
    assertThat(payment.path("customerId").asString()).isEqualTo(ann);
    assertThat(payment.path("amountMinor").asLong()).isEqualTo(300);
    assertThat(payment.path("heldMinor").asLong()).isEqualTo(300);
    assertThat(payment.path("capturedMinor").asLong()).isZero();
    assertThat(payment.path("heldUntil").asString()).isNotEmpty();
    assertThat(api().get("/wallets/%s/entries?limit=1".formatted(ann)).body())
        .contains("AUTHORIZE", "-300");
  }

  @Test
  void showsWhyAPaymentWasDeclinedAndNoPayerOfOneCalledOff() throws Exception {
    long declined = anOrder();
    long calledOff = anOrder();
    handle(charge(declined, aCustomerWith(euro(1)), euro(300)), release(calledOff));

    assertThat(api().get("/payments?orderId=" + declined).body())
        .contains("\"status\":\"DECLINED\"", "\"declineReason\":\"INSUFFICIENT_FUNDS\"");
    assertThat(api().get("/payments?orderId=" + calledOff).body())
        .contains("\"status\":\"CANCELLED\"")
        .doesNotContain("customerId", "amountMinor");
    assertThat(api().get("/payments?orderId=one").statusCode()).isEqualTo(400);
  }

  @Test
  void servesItsOpenApiDocument() throws Exception {
    StoredApi.assertUnchanged("payment-service", api().get("/v3/api-docs").body());
  }

  private void payAnnOnce() {
    if (wallets.wallet("ann").isEmpty()) {
      deposit("ann", euro(1));
    }
  }
}
