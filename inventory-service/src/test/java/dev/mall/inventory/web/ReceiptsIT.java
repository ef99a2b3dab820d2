package dev.mall.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.web.input.Replayed;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ReceiptsIT extends HttpTests {

  @Test
  void booksWhatCameIn() throws Exception {
    var tea = aProduct();

    var answer = receive(tea, "{\"quantity\": 12}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(body(answer).path("quantity").asInt()).isEqualTo(12);
    assertThat(get("/stock/" + tea).body())
        .isEqualTo(
            "{\"sku\":\"%s\",\"onHand\":12,\"reserved\":0,\"available\":12,\"received\":12,\"sold\":0}"
                .formatted(tea));
  }

  @Test
  void saysHowManyPiecesOfSeveralProductsCanBeOrdered() throws Exception {
    var tea = aProduct();
    var pot = aProduct();
    receive(tea, "{\"quantity\": 12}");

    var answer = get("/availability?sku=%s&sku=no-such-thing&sku=%s".formatted(tea, pot));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(body(answer).path("items").valueStream().map(JsonNode::toString))
        .containsExactlyInAnyOrder(
            "{\"sku\":\"%s\",\"available\":12}".formatted(tea),
            "{\"sku\":\"%s\",\"available\":0}".formatted(pot));
  }

  @Test
  void availabilityIsAskedByUpToAHundredSkus() throws Exception {
    assertProblem(get("/availability"), 400, "invalid-request", "sku");
    assertProblem(get("/availability?sku=a%20b"), 400, "invalid-request", "sku");
    assertProblem(get("/availability?" + "sku=a&".repeat(101)), 400, "invalid-request", "sku");
  }

  @Test
  void withoutAKeyEachReceiptIsAnother() throws Exception {
    var tea = aProduct();

    receive(tea, "{\"quantity\": 1}");
    receive(tea, "{\"quantity\": 1}");

    assertThat(level(tea).received()).isEqualTo(2);
  }

  @Test
  void aRepeatBooksOnceAndGetsTheSameAnswer() throws Exception {
    var tea = aProduct();

    var first = receive(tea, "{\"quantity\": 3}", "Idempotency-Key", "delivery-7");
    var again = receive(tea, "{ \"quantity\" : 3 }", "Idempotency-Key", "delivery-7");

    assertThat(again.statusCode()).isEqualTo(first.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(first.headers().firstValue(Replayed.HEADER)).isEmpty();
    assertThat(again.headers().firstValue(Replayed.HEADER)).hasValue("true");
    assertThat(level(tea).received()).isEqualTo(3);
  }

  @Test
  void oneKeyMayServeADeliveryOfSeveralProducts() throws Exception {
    var tea = aProduct();
    var pot = aProduct();

    receive(tea, "{\"quantity\": 3}", "Idempotency-Key", "delivery-8");
    receive(pot, "{\"quantity\": 4}", "Idempotency-Key", "delivery-8");

    assertThat(level(tea).received()).isEqualTo(3);
    assertThat(level(pot).received()).isEqualTo(4);
  }

  @Test
  void aKeyWithAnotherQuantityIsRefused() throws Exception {
    var tea = aProduct();
    receive(tea, "{\"quantity\": 3}", "Idempotency-Key", "delivery-9");

    assertProblem(
        receive(tea, "{\"quantity\": 4}", "Idempotency-Key", "delivery-9"),
        422,
        "idempotency-key-reused",
        "Idempotency-Key");
    assertThat(level(tea).received()).isEqualTo(3);
  }

  @Test
  void clientsThatRaceWithOneKeyBookOnceAndGetTheSameAnswer() throws Exception {
    var tea = aProduct();
    Callable<HttpResponse<String>> client =
        () -> receive(tea, "{\"quantity\": 5}", "Idempotency-Key", "delivery-10");

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(Collections.nCopies(8, client)).stream()
              .map(answer -> answer.resultNow().statusCode() + answer.resultNow().body())
              .collect(Collectors.toSet());

      assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("201"));
    }
    assertThat(level(tea).received()).isEqualTo(5);
  }

  @Test
  void anUnknownProductCannotBeReceived() throws Exception {
    assertProblem(receive("unheard-of", "{\"quantity\": 1}"), 404, "product-unknown");
    assertProblem(get("/stock/unheard-of"), 404, "product-unknown");

    assertThat(
            jdbc.sql("select count(*) from receipt where sku = 'unheard-of'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                        | quantity",
        "{\"quantity\": null}      | quantity",
        "{\"quantity\": 0}         | quantity",
        "{\"quantity\": -1}        | quantity",
        "{\"quantity\": 1000001}   | quantity",
        "{\"quantity\": 3000000000} | quantity",
        "{\"quantity\": 1.5}       | quantity",
        "{\"quantity\": \"1\"}     | quantity",
        "{\"quantity\": true}      | quantity",
      })
  void aQuantityThatMakesNoSenseIsRefused(String body, String field) throws Exception {
    var tea = aProduct();

    assertProblem(receive(tea, body), 400, "invalid-request", field);
    assertThat(level(tea).received()).isZero();
  }

  @Test
  void aKeyThatIsNoneIsRefused() throws Exception {
    var tea = aProduct();

    for (var key : new String[] {"", "with space", "k".repeat(129)}) {
      assertProblem(
          receive(tea, "{\"quantity\": 1}", "Idempotency-Key", key),
          400,
          "invalid-request",
          "Idempotency-Key");
    }
    assertThat(level(tea).received()).isZero();
  }

  @Test
  void whatIsNotThereIsAProblemToo() throws Exception {
    assertProblem(get("/nothing"), 404, "not-found");
    assertProblem(send(to("/stock/tea").DELETE()), 405, "method-not-allowed");
  }

  private HttpResponse<String> receive(String sku, String body, String... headers)
      throws Exception {
    return post("/stock/" + sku + "/receipts", body, headers);
  }
}
