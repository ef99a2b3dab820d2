package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderEvent.PricedLine;
import dev.mall.testing.StoredApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders over HTTP, until they are announced. */
class PlaceOrdersIT extends OrderServiceTests {

  @Test
  void describesItselfToPrograms() {
    StoredApi.assertUnchanged("order-service", client().get("/v3/api-docs").response().body());
  }

  @Test
  void placesAnOrderAndAnnouncesIt() {
    var customer = aCustomer();
    var sku = aProduct(1250);

    var placed = client().post(order(customer, sku, 3));

    assertThat(placed.status()).isEqualTo(202);
    assertThat(placed.header("Location")).isEqualTo("/orders/" + placed.orderId());
    assertThat(placed.body().path("id").isString()).isTrue();
    assertThat(placed.orderStatus()).isEqualTo("PENDING");
    assertThat(placed.body().path("totalMinor").asLong()).isEqualTo(3750);
    assertThat(placed.body().path("currency").asString()).isEqualTo("EUR");
    var announced = sent.await(1, OrderPlaced.class, placed.orderId()).getFirst();
    assertThat(announced.message().lines()).containsExactly(new PricedLine(sku, 3, 1250));
    assertThat(announced.message().totalMinor()).isEqualTo(3750);
    assertThat(announced.message().customerId()).isEqualTo(customer);
    assertThat(announced.message().placedAt())
        .hasToString(placed.body().path("placedAt").asString());
    assertThat(announced.traceparent()).isNotNull();
  }

  @Test
  void showsTheOrderAsItWasPlaced() {
    var placed = client().post(order(aCustomer(), aProduct(1250), 3));

    var shown = client().get("/orders/" + placed.orderId());

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body()).isEqualTo(placed.body());
  }

  @Test
  void addsUpLinesOfTheSameProduct() {
    var sku = aProduct(10);

    var placed =
        client()
            .post(
                """
                {"customerId": "ann", "payment": {"method": "WALLET"},
                 "items": [{"sku": "%1$s", "quantity": 2}, {"sku": "%1$s", "quantity": 3}]}\
                """
                    .formatted(sku));

    assertThat(placed.body().path("items")).hasSize(1);
    assertThat(placed.body().path("items").path(0).path("quantity").asInt()).isEqualTo(5);
  }

  @Test
  void refusesTheSameProductTwiceIfItIsTooManyTogether() {
    var answer =
        client()
            .post(
                """
                {"customerId": "ann", "payment": {"method": "WALLET"},
                 "items": [{"sku": "%1$s", "quantity": 999}, {"sku": "%1$s", "quantity": 1}]}\
                """
                    .formatted(aProduct(10)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.blamed()).isEqualTo("items[1].quantity");
  }

  @Test
  void takesFiftyLinesAndNotOneMore() {
    var sku = aProduct(10);

    assertThat(client().post(lines(sku, 50)).status()).isEqualTo(202);
    var refused = client().post(lines(sku, 51));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.blamed()).isEqualTo("items");
  }

  @Test
  void refusesAProductThatIsNotInTheCatalogue() {
    var answer = client().post(order(aCustomer(), "unknown-sku", 1));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("sku-unknown");
    assertThat(answer.body().path("detail").asString()).contains("unknown-sku");
  }

  @Test
  void refusesATotalThatCannotBeCounted() {
    var answer = client().post(order(aCustomer(), aProduct(Long.MAX_VALUE / 2), 3));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("total-too-large");
  }

  @Test
  void refusesProductsOfDifferentCurrencies() {
    var euros = aProduct(10);
    change("in-dollars", 1, 10, "USD");

    var answer =
        client()
            .post(
                """
                {"customerId": "ann", "payment": {"method": "WALLET"},
                 "items": [{"sku": "%s", "quantity": 1}, {"sku": "in-dollars", "quantity": 1}]}\
                """
                    .formatted(euros));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("currencies-mixed");
  }

  @Test
  void refusesAnotherTotalThanTheCustomerExpects() {
    var sku = aProduct(10);

    var right = client().post(expecting(20, sku));
    change(sku, 2, 11, "EUR");
    var wrong = client().post(expecting(20, sku));

    assertThat(right.status()).isEqualTo(202);
    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.problem()).isEqualTo("price-changed");
    assertThat(wrong.blamed()).isEqualTo("expectedTotalMinor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "items     | []                                     | items",
        "items     | null                                   | items",
        "items     | [null]                                 | items[0]",
        "items     | [{\"sku\":\"a\"}]                      | items[0].quantity",
        "items     | [{\"sku\":\"a\",\"quantity\":0}]       | items[0].quantity",
        "items     | [{\"sku\":\"a\",\"quantity\":-1}]      | items[0].quantity",
        "items     | [{\"sku\":\"a\",\"quantity\":1000}]    | items[0].quantity",
        "items     | [{\"sku\":\"a\",\"quantity\":\"many\"}]| items[0].quantity",
        "items     | [{\"sku\":\"a\",\"quantity\":1.5}]     | items[0].quantity",
        "items     | [{\"sku\":\"a\",\"quantity\":99999999999}]| items[0].quantity",
        "items     | [{\"sku\":\"a b\",\"quantity\":1}]     | items[0].sku",
        "items     | [{\"quantity\":1}]                     | items[0].sku",
        "customerId| null                                   | customerId",
        "customerId| \"a b\"                                | customerId",
        "customerId| \"a\\u0000b\"                          | customerId",
        "payment   | null                                   | payment",
        "payment   | {}                                     | payment.method",
        "payment   | {\"method\":\"BARTER\"}                | payment.method",
        "expectedTotalMinor | \"much\"                      | expectedTotalMinor",
      })
  void namesTheFieldThatIsNotValid(String field, String value, String blamed) {
    var answer = client().post(bodyWith(field, value));

    assertThat(answer.status()).describedAs(answer.body().toString()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-request");
    assertThat(answer.blamed()).isEqualTo(blamed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "nonsense"})
  void refusesWhatIsNoOrder(String body) {
    assertThat(client().post(body).status()).isEqualTo(400);
    assertThat(client().post(body).problem()).isEqualTo("malformed-body");
  }

  @Test
  void refusesABodyThatIsTooLargeOrNoJson() {
    assertThat(client().post("\"" + "x".repeat(70_000) + "\"").status()).isEqualTo(413);
    assertThat(client().post("<order/>", "Content-Type", "text/xml").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=abc", "wait=-1", "wait=31", "wait", "wait=", "wait=1.5"})
  void refusesToWaitForWhatIsNoNumberOfSeconds(String preference) {
    var answer = client().post(order(aCustomer(), aProduct(10), 1), "Prefer", preference);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.blamed()).isEqualTo("Prefer");
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/1, 404, order-unknown",
    "/orders/-1, 400, invalid-request",
    "/orders/abc, 400, invalid-request",
    "/orders/99999999999999999999, 400, invalid-request",
    "/orders/1/timeline, 404, order-unknown",
    "/orders/abc/timeline, 400, invalid-request",
    "/orders, 400, invalid-request",
    "/orders?customerId=a%20b, 400, invalid-request",
    "/orders?customerId=ann&cursor=x, 400, invalid-request",
  })
  void refusesToShowWhatIsNotThere(String path, int status, String problem) {
    var answer = client().get(path);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
  }

  @Test
  void showsACustomersOrdersNewestFirstPageByPage() {
    var customer = aCustomer();
    var sku = aProduct(10);
    var placed =
        IntStream.range(0, 25)
            .mapToObj(_ -> client().post(order(customer, sku, 1)).orderId())
            .toList();

    var first = client().get("/orders?customerId=" + customer).body();
    var second =
        client()
            .get(
                "/orders?customerId=%s&cursor=%s"
                    .formatted(customer, first.path("next").asString()))
            .body();

    var shown = new ArrayList<Long>();
    first.path("items").forEach(item -> shown.add(Long.parseLong(item.path("id").asString())));
    second.path("items").forEach(item -> shown.add(Long.parseLong(item.path("id").asString())));
    assertThat(first.path("items")).hasSize(20);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(shown).isEqualTo(placed.reversed());
    assertThat(client().get("/orders?customerId=unknown").body().path("items")).isEmpty();
  }

  private static String lines(String sku, int count) {
    var line = "{\"sku\": \"%s\", \"quantity\": 1}".formatted(sku);
    return bodyWith("items", "[" + (line + ",").repeat(count - 1) + line + "]");
  }

  private static String expecting(long totalMinor, String sku) {
    return """
    {"customerId": "ann", "items": [{"sku": "%s", "quantity": 2}],
     "payment": {"method": "WALLET"}, "expectedTotalMinor": %d}\
    """
        .formatted(sku, totalMinor);
  }

  /** A body that is fine but for one field. */
  private static String bodyWith(String field, String value) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("customerId", "\"ann\"");
    fields.put("items", "[{\"sku\":\"a\",\"quantity\":1}]");
    fields.put("payment", "{\"method\":\"WALLET\"}");
    fields.put(field, value);
    return fields.entrySet().stream()
        .map(e -> "\"%s\":%s".formatted(e.getKey(), e.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
