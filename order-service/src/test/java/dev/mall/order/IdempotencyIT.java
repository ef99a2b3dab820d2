package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.messaging.retention.RetentionJob;
import dev.mall.order.Client.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The same request again, by the customer's own name for it. */
class IdempotencyIT extends OrderServiceTests {

  private static final String KEY = "Idempotency-Key";

  @Autowired RetentionJob sweeper;

  @Test
  void theSameRequestAgainIsTheSameOrder() {
    var body = order(aCustomer(), aProduct(10), 1);

    var first = client().post(body, KEY, "a");
    var again = client().post(body, KEY, "a");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    sent.await(1, OrderPlaced.class, first.orderId());
    assertThat(ordersOf(first)).isOne();
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void theOrderOfTheItemsMakesNoDifference() {
    var customer = aCustomer();
    var one = item(aProduct(10));
    var other = item(aProduct(20));

    var first = client().post(orderOf(customer, one, other), KEY, "a");
    var again = client().post(orderOf(customer, other, one), KEY, "a");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.orderId()).isEqualTo(first.orderId());
  }

  /** Release 0.1.0 fills one column only, and reads only that one. */
  @Test
  void requestsOfThePreviousReleaseAreRecognized() {
    var body = order("previous-release", "previous-sku", 2);
    change("previous-sku", 1, 10, "EUR");
    var first = client().post(body, KEY, "a");
    var stored = "select fingerprint from request_key where order_id = ?";
    assertThat(jdbc.sql(stored).param(first.orderId()).query(String.class).single())
        .as("SHA-256 of: previous-release [Item[sku=previous-sku, quantity=2]] WALLET null")
        .isEqualTo("5784deb69b5f4fae459884d122df7112f9a4c8115e8b87ec34ec9437c9d3ef0c");
    jdbc.sql("update request_key set canonical = null where order_id = ?")
        .param(first.orderId())
        .update();

    var again = client().post(body, KEY, "a");
    var another = client().post(body.replace(": 2", ": 3"), KEY, "a");

    assertThat(again.orderId()).isEqualTo(first.orderId());
    assertThat(another.problem()).isEqualTo("idempotency-key-reused");
  }

  private static String item(String sku) {
    return "{\"sku\": \"%s\", \"quantity\": 1}".formatted(sku);
  }

  private static String orderOf(String customer, String... items) {
    return "{\"customerId\": \"%s\", \"items\": [%s], \"payment\": {\"method\": \"WALLET\"}}"
        .formatted(customer, String.join(",", items));
  }

  @Test
  void aKeyExpiresAfterItsRetentionPeriodAndItsOrderStays() {
    var old = order(aCustomer(), aProduct(10), 1);
    var young = order(aCustomer(), aProduct(10), 1);
    var first = client().post(old, KEY, "a");
    var second = client().post(young, KEY, "a");
    age(first, "32 days");
    age(second, "30 days");

    sweeper.sweep();

    assertThat(client().post(old, KEY, "a").orderId()).isNotEqualTo(first.orderId());
    assertThat(client().post(young, KEY, "a").orderId()).isEqualTo(second.orderId());
    assertThat(ordersOf(first)).as("the old order and the new one").isEqualTo(2);
  }

  private void age(Answer request, String interval) {
    jdbc.sql("update request_key set claimed_at = now() - cast(? as interval) where order_id = ?")
        .params(interval, request.orderId())
        .update();
  }

  @Test
  void theSameRequestWrittenOtherwiseIsTheSame() {
    var customer = aCustomer();
    var sku = aProduct(10);
    var body = order(customer, sku, 3);
    var otherwise =
        """
        {"payment": {"method": "WALLET"}, "customerId": "%1$s", "expectedTotalMinor": null,
         "items": [{"quantity": 1, "sku": "%2$s"}, {"quantity": 2, "sku": "%2$s"}]}\
        """
            .formatted(customer, sku);

    var first = client().post(body, KEY, "a");

    assertThat(client().post(otherwise, KEY, "a").orderId()).isEqualTo(first.orderId());
  }

  @Test
  void anotherRequestMayNotUseTheKey() {
    var customer = aCustomer();
    var sku = aProduct(10);
    client().post(order(customer, sku, 1), KEY, "a");

    var other = client().post(order(customer, sku, 2), KEY, "a");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    assertThat(other.blamed()).isEqualTo(KEY);
  }

  @Test
  void anotherCustomerMayUseTheKey() {
    var sku = aProduct(10);

    var first = client().post(order(aCustomer(), sku, 1), KEY, "a");
    var other = client().post(order(aCustomer(), sku, 1), KEY, "a");

    assertThat(other.status()).isEqualTo(202);
    assertThat(other.orderId()).isNotEqualTo(first.orderId());
  }

  @Test
  void withoutAKeyEveryRequestIsAnOrder() {
    var body = order(aCustomer(), aProduct(10), 1);

    assertThat(client().post(body).orderId()).isNotEqualTo(client().post(body).orderId());
  }

  @Test
  void aRefusedRequestIsNotRemembered() {
    var customer = aCustomer();
    var sku = "soon-" + customer;
    var refused = client().post(order(customer, sku, 1), KEY, "a");
    change(sku, 1, 10, "EUR");

    var placed = client().post(order(customer, sku, 1), KEY, "a");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(placed.status()).isEqualTo(202);
  }

  @Test
  void aKnownRequestIsAnsweredThoughThePriceHasChanged() {
    var sku = aProduct(10);
    var body =
        """
        {"customerId": "%s", "items": [{"sku": "%s", "quantity": 1}],
         "payment": {"method": "WALLET"}, "expectedTotalMinor": 10}\
        """
            .formatted(aCustomer(), sku);
    var first = client().post(body, KEY, "a");
    change(sku, 2, 11, "EUR");

    assertThat(client().post(body, KEY, "a").body()).isEqualTo(first.body());
  }

  @Test
  void aKnownRequestWhoseOrderIsFinalIsAnsweredSo() {
    var body = order(aCustomer(), aProduct(10), 1);
    var placed = client().post(body, KEY, "a");
    settle(confirm(placed.orderId()));

    var again = client().post(body, KEY, "a");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.orderId()).isEqualTo(placed.orderId());
    assertThat(again.orderStatus()).isEqualTo("CONFIRMED");
  }

  @Test
  void manyAtOnceWithOneKeyAreOneOrder() {
    var body = order(aCustomer(), aProduct(10), 1);

    var answers =
        IntStream.range(0, 40).mapToObj(_ -> client().posts(body, KEY, "a")).toList().stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers.stream().map(Answer::orderId).distinct()).hasSize(1);
    assertThat(ordersOf(answers.getFirst())).isOne();
  }

  private long ordersOf(Answer answer) {
    var customer = answer.body().path("customerId").asString();
    return count("select count(*) from orders where customer_id = '%s'".formatted(customer));
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
