package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.StoredApi;
import dev.mall.web.input.IdempotencyKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Wallets over HTTP, as a client sees them. */
class WalletsIT extends PaymentServiceTests {

  private static final HttpClient http = HttpClient.newHttpClient();
  private static final JsonMapper json = JsonMapper.builder().build();

  @LocalServerPort int port;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(jdbc).passes();
  }

  @Test
  void theFirstDepositOpensTheWallet() throws Exception {
    var ann = aCustomer();

    var answer = deposit(ann, "{\"amountMinor\": 2500, \"currency\": \"EUR\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    var made = json.readTree(answer.body());
    assertThat(made.path("amountMinor").asLong()).isEqualTo(2500);
    assertThat(made.path("balanceMinor").asLong()).isEqualTo(2500);
    assertThat(get(answer.headers().firstValue("Location").orElseThrow()).body())
        .isEqualTo(answer.body());
    assertThat(get("/wallets/" + ann).body())
        .isEqualTo(
            "{\"customerId\":\"%s\",\"balanceMinor\":2500,\"currency\":\"EUR\"}".formatted(ann));
  }

  @Test
  void withoutKeyEachDepositIsAnother() throws Exception {
    var ann = aCustomer();

    deposit(ann, "{\"amountMinor\": 5, \"currency\": \"EUR\"}");
    deposit(ann, "{\"amountMinor\": 5, \"currency\": \"EUR\"}");

    assertThat(balanceOf(ann)).isEqualTo(euro(10));
  }

  @Test
  void aRepeatUnderTheSameKeyGetsTheSameAnswer() throws Exception {
    var ann = aCustomer();

    var first = deposit(ann, "{\"amountMinor\": 5, \"currency\": \"EUR\"}", "k-1");
    deposit(ann, "{\"amountMinor\": 7, \"currency\": \"EUR\"}", "k-2");
    var again = deposit(ann, "{\"currency\":\"EUR\",\"amountMinor\":5}", "k-1");

    assertThat(again.statusCode()).isEqualTo(first.statusCode());
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(balanceOf(ann)).isEqualTo(euro(12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amountMinor\": 6, \"currency\": \"EUR\"}",
        "{\"amountMinor\": 5, \"currency\": \"USD\"}"
      })
  void aKeyNamesOneDepositOnly(String other) throws Exception {
    var ann = aCustomer();
    deposit(ann, "{\"amountMinor\": 5, \"currency\": \"EUR\"}", "k-1");

    var refused = deposit(ann, other, "k-1");

    assertProblem(refused, 422, "idempotency-key-reused", IdempotencyKey.HEADER);
    assertThat(balanceOf(ann)).isEqualTo(euro(5));
  }

  @Test
  void customersDoNotShareKeys() throws Exception {
    var ann = aCustomer();
    var bob = aCustomer();

    deposit(ann, "{\"amountMinor\": 5, \"currency\": \"EUR\"}", "k-1");
    deposit(bob, "{\"amountMinor\": 9, \"currency\": \"EUR\"}", "k-1");

    assertThat(balanceOf(bob)).isEqualTo(euro(9));
  }

  @Test
  void aRefusedDepositIsNotRememberedAndOpensNoWallet() throws Exception {
    var ann = aCustomer();

    deposit(ann, "{\"amountMinor\": 0, \"currency\": \"EUR\"}", "k-1");
    assertProblem(get("/wallets/" + ann), 404, "wallet-unknown", null);
    var later = deposit(ann, "{\"amountMinor\": 5, \"currency\": \"EUR\"}", "k-1");

    assertThat(later.statusCode()).isEqualTo(201);
  }

  @Test
  void racingRequestsUnderOneKeyMakeOneDepositAndGetOneAnswer() throws Exception {
    var ann = aCustomer();

    var answers =
        together(16, () -> deposit(ann, "{\"amountMinor\": 5, \"currency\": \"EUR\"}", "k-1"));

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
    assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
    assertThat(balanceOf(ann)).isEqualTo(euro(5));
  }

  @Test
  void aWalletKeepsItsCurrency() throws Exception {
    var ann = aCustomerWith(euro(5));

    var refused = deposit(ann, "{\"amountMinor\": 5, \"currency\": \"USD\"}");

    assertProblem(refused, 409, "other-currency", "currency");
    assertThat(balanceOf(ann)).isEqualTo(euro(5));
  }

  @Test
  void aWalletTakesNoMoreThanItMayHold() throws Exception {
    var ann = aCustomerWith(euro(1));
    var most = "{\"amountMinor\": 1000000000000000, \"currency\": \"EUR\"}";

    assertProblem(deposit(ann, most), 409, "wallet-full", "amountMinor");

    assertThat(deposit(aCustomer(), most).statusCode()).isEqualTo(201);
    assertThat(balanceOf(ann)).isEqualTo(euro(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`amountMinor`: 0, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: -1, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: 1000000000000001, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: 99999999999999999999, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: 1e400, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: 1.5, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: `5`, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: `many`, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: true, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: null, `currency`: `EUR`} | amountMinor",
        "{`amountMinor`: [5], `currency`: `EUR`} | amountMinor",
        "{`currency`: `EUR`} | amountMinor",
        "{`amountMinor`: 5} | currency",
        "{`amountMinor`: 5, `currency`: null} | currency",
        "{`amountMinor`: 5, `currency`: 978} | currency",
        "{`amountMinor`: 5, `currency`: ``} | currency",
        "{`amountMinor`: 5, `currency`: `eur`} | currency",
        "{`amountMinor`: 5, `currency`: `XXX`} | currency",
        "{`amountMinor`: 5, `currency`: `E\\u0000R`} | currency",
        "{`amountMinor`: 5, `currency`: `doubloon`} | currency",
      })
  void aDepositThatMakesNoSenseIsRefusedByField(String body, String field) throws Exception {
    var ann = aCustomer();

    var refused = deposit(ann, body.replace('`', '"'));

    assertProblem(refused, 400, "invalid-request", field);
    assertThat(wallets.wallet(ann)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "5", "[]", "null", "amount=5", "{\"amountMinor\": 5,}"})
  void aBodyThatIsNoDepositIsRefused(String body) throws Exception {
    assertProblem(deposit(aCustomer(), body), 400, "malformed-body", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\t"})
  void aKeyThatIsNoneIsRefused(String key) throws Exception {
    var body = "{\"amountMinor\": 5, \"currency\": \"EUR\"}";

    assertThat(deposit(aCustomer(), body, key).statusCode()).isEqualTo(400);
  }

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

    var answer = send(request(path).method(method, BodyPublishers.noBody()));

    assertProblem(answer, status, type, null);
  }

  @Test
  void aDepositInAnotherLanguageThanJsonIsRefused() throws Exception {
    var xml = request("/wallets/ann/deposits").header("Content-Type", "text/xml");

    assertProblem(
        send(xml.POST(BodyPublishers.ofString("<amount/>"))), 415, "unsupported-media-type", null);
  }

  @Test
  void anOverlongCustomerIdIsRefused() throws Exception {
    assertProblem(get("/wallets/" + "x".repeat(65)), 400, "invalid-request", "customerId");
    assertProblem(
        deposit("x".repeat(65), "{\"amountMinor\": 5, \"currency\": \"EUR\"}"),
        400,
        "invalid-request",
        "customerId");
  }

  @Test
  void theStatementOfAccountTellsEveryMovementNewestFirst() throws Exception {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();
    handle(charge(order, ann, euro(300)), refund(order));

    var page = json.readTree(get("/wallets/%s/entries".formatted(ann)).body());

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
      var page = json.readTree(get("/wallets/%s/entries%s".formatted(ann, cursor)).body());
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
    assertThat(get("/payments?orderId=" + order).body()).isEqualTo("{\"items\":[],\"next\":null}");

    handle(authorize(order, ann, euro(300)));

    var payment = json.readTree(get("/payments?orderId=" + order).body()).path("items").path(0);
    assertThat(payment.path("orderId").asString()).isEqualTo(Long.toString(order));
    assertThat(payment.path("status").asString()).isEqualTo("AUTHORIZED");
    assertThat(payment.path("customerId").asString()).isEqualTo(ann);
    assertThat(payment.path("amountMinor").asLong()).isEqualTo(300);
    assertThat(payment.path("heldMinor").asLong()).isEqualTo(300);
    assertThat(payment.path("capturedMinor").asLong()).isZero();
    assertThat(payment.path("heldUntil").asString()).isNotEmpty();
    assertThat(get("/wallets/%s/entries?limit=1".formatted(ann)).body())
        .contains("AUTHORIZE", "-300");
  }

  @Test
  void showsWhyAPaymentWasDeclinedAndNoPayerOfOneCalledOff() throws Exception {
    long declined = anOrder();
    long calledOff = anOrder();
    handle(charge(declined, aCustomerWith(euro(1)), euro(300)), release(calledOff));

    assertThat(get("/payments?orderId=" + declined).body())
        .contains("\"status\":\"DECLINED\"", "\"declineReason\":\"INSUFFICIENT_FUNDS\"");
    assertThat(get("/payments?orderId=" + calledOff).body())
        .contains("\"status\":\"CANCELLED\"")
        .doesNotContain("customerId", "amountMinor");
    assertThat(get("/payments?orderId=one").statusCode()).isEqualTo(400);
  }

  @Test
  void servesItsOpenApiDocument() throws Exception {
    StoredApi.assertUnchanged("payment-service", get("/v3/api-docs").body());
  }

  private void payAnnOnce() {
    if (wallets.wallet("ann").isEmpty()) {
      deposit("ann", euro(1));
    }
  }

  private static <T> List<T> together(int times, Callable<T> work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var each : threads.invokeAll(java.util.Collections.nCopies(times, work))) {
        results.add(each.get());
      }
      return results;
    }
  }

  private HttpResponse<String> deposit(String customer, String body) throws Exception {
    return deposit(customer, body, UnaryOperator.identity());
  }

  private HttpResponse<String> deposit(String customer, String body, String key) throws Exception {
    return deposit(customer, body, request -> request.header(IdempotencyKey.HEADER, key));
  }

  private HttpResponse<String> deposit(
      String customer, String body, UnaryOperator<HttpRequest.Builder> with) throws Exception {
    return send(
        with.apply(request("/wallets/%s/deposits".formatted(customer)))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static void assertProblem(
      HttpResponse<String> answer, int status, String type, String field) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.path("type").asString()).endsWith("/problems/" + type);
    if (field != null) {
      assertThat(problem.path("errors").findValuesAsString("field")).contains(field);
    }
  }
}
