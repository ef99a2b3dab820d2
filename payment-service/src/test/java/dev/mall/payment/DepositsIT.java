package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.HttpApi;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.input.Replayed;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deposits, their keys and their refusals. */
class DepositsIT extends WalletRequests {

  @Test
  void theFirstDepositOpensTheWallet() throws Exception {
    var ann = aCustomer();

    var answer = deposit(ann, "{\"amountMinor\": 2500, \"currency\": \"EUR\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    var made = HttpApi.body(answer);
    assertThat(made.path("amountMinor").asLong()).isEqualTo(2500);
    assertThat(made.path("balanceMinor").asLong()).isEqualTo(2500);
    assertThat(api().get(answer.headers().firstValue("Location").orElseThrow()).body())
        .isEqualTo(answer.body());
    assertThat(api().get("/wallets/" + ann).body())
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
    assertThat(first.headers().firstValue(Replayed.HEADER)).isEmpty();
    assertThat(again.headers().firstValue(Replayed.HEADER)).hasValue("true");
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

    HttpApi.assertProblem(refused, 422, "idempotency-key-reused", IdempotencyKey.HEADER);
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
  void aRefusedDepositIsNotStoredAndOpensNoWallet() throws Exception {
    var ann = aCustomer();

    deposit(ann, "{\"amountMinor\": 0, \"currency\": \"EUR\"}", "k-1");
    HttpApi.problem(api().get("/wallets/" + ann), 404, "wallet-unknown");
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

    HttpApi.assertProblem(refused, 409, "other-currency", "currency");
    assertThat(balanceOf(ann)).isEqualTo(euro(5));
  }

  @Test
  void aWalletTakesNoMoreThanItMayHold() throws Exception {
    var ann = aCustomerWith(euro(1));
    var most = "{\"amountMinor\": 1000000000000000, \"currency\": \"EUR\"}";

    HttpApi.assertProblem(deposit(ann, most), 409, "wallet-full", "amountMinor");

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

    HttpApi.assertProblem(refused, 400, "invalid-request", field);
    assertThat(wallets.wallet(ann)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "5", "[]", "null", "amount=5", "{\"amountMinor\": 5,}"})
  void aBodyThatIsNoDepositIsRefused(String body) throws Exception {
    HttpApi.problem(deposit(aCustomer(), body), 400, "malformed-body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\t"})
  void aKeyThatIsNoneIsRefused(String key) throws Exception {
    var body = "{\"amountMinor\": 5, \"currency\": \"EUR\"}";

    assertThat(deposit(aCustomer(), body, key).statusCode()).isEqualTo(400);
  }

  @Test
  void aDepositInAnotherLanguageThanJsonIsRefused() throws Exception {
    var xml = api().to("/wallets/ann/deposits").header("Content-Type", "text/xml");

    HttpApi.problem(
        api().send(xml.POST(BodyPublishers.ofString("<amount/>"))), 415, "unsupported-media-type");
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
}
