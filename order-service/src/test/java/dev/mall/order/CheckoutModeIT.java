package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.values.CheckoutMode;
import org.junit.jupiter.api.Test;

/** The checkout mode of an order, from the request's header to the announcement. */
class CheckoutModeIT extends OrderServiceTests {

  private static final String MODE = CheckoutProperties.HEADER;
  private static final String KEY = "Idempotency-Key";

  @Test
  void isTheSagaUnlessTheRequestNamesAnother() {
    var answer = client().post(order(aCustomer(), aProduct(10), 1));

    assertThat(answer.status()).isEqualTo(202);
    assertIs(CheckoutMode.SAGA, answer.orderId());
  }

  @Test
  void isTheOneThatTheRequestNames() {
    var answer = client().post(order(aCustomer(), aProduct(10), 1), MODE, "TCC");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().path("checkout").asString()).isEqualTo("TCC");
    assertIs(CheckoutMode.TCC, answer.orderId());
  }

  @Test
  void ofAnOrderOfTheReleaseBeforeIsTheSaga() {
    var order = client().post(order(aCustomer(), aProduct(10), 1)).orderId();
    jdbc.sql("update orders set checkout = default where id = ?").param(order).update();
    jdbc.sql("update order_history set detail = null where order_id = ?").param(order).update();

    assertThat(client().get("/orders/" + order).body().path("checkout").asString())
        .isEqualTo("SAGA");
    assertThat(client().get("/orders/%d/timeline".formatted(order)).status()).isEqualTo(200);
  }

  @Test
  void thatIsUnknownOrNotAllowedIsRefusedAndNoOrderPlaced() {
    var customer = aCustomer();

    for (var mode : new String[] {"TWO_PHASE", "tcc", "", "SAGA, TCC"}) {
      var answer = client().post(order(customer, aProduct(10), 1), MODE, mode);

      assertThat(answer.status()).as(mode).isEqualTo(422);
      assertThat(answer.problem()).isEqualTo("checkout-not-allowed");
      assertThat(answer.blamed()).isEqualTo(MODE);
    }
    assertThat(client().get("/orders?customerId=" + customer).body().path("items").size()).isZero();
  }

  @Test
  void distinguishesRequestsUnderOneKey() {
    var body = order(aCustomer(), aProduct(10), 1);
    var first = client().post(body, KEY, "a", MODE, "TCC");

    assertThat(client().post(body, KEY, "a", MODE, "TCC").orderId()).isEqualTo(first.orderId());
    assertThat(client().post(body, KEY, "a").problem()).isEqualTo("idempotency-key-reused");
  }

  private void assertIs(CheckoutMode mode, long order) {
    assertThat(client().get("/orders/" + order).body().path("checkout").asString())
        .isEqualTo(mode.name());
    var placed =
        client().get("/orders/%d/timeline".formatted(order)).body().path("entries").path(0);
    assertThat(placed.path("what").asString()).isEqualTo("PLACED");
    assertThat(placed.path("detail").asString()).isEqualTo(mode.name());
    assertThat(sent.await(1, OrderPlaced.class, order).getFirst().message().checkout())
        .isEqualTo(mode);
  }
}
