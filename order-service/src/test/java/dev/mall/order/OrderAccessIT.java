package dev.mall.order;

import static dev.mall.testing.access.JudgedApi.assertForbidden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.testing.HttpApi;
import dev.mall.testing.access.JudgedApi;
import dev.mall.testing.access.WithIssuer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** order-service with an issuer: customers and channels, and their tokens. */
class OrderAccessIT extends OrderServiceTests implements WithIssuer {

  private static final String REASON = "{\"reason\": \"ordered twice\"}";

  private final String ada = aCustomer();
  private final String adas = ISSUER.token(ada, "CUSTOMER");
  private final String bens = ISSUER.token(aCustomer(), "CUSTOMER");
  private final String channel = ISSUER.token("market", "CHANNEL");
  private JudgedApi api;
  private String sku;

  @BeforeEach
  void stock() {
    api = new JudgedApi(new HttpApi(port), ISSUER);
    sku = aProduct(1_000);
  }

  @Test
  void tokensAreJudged() throws Exception {
    api.assertJudges("/orders?customerId=" + ada);
  }

  @Test
  void aCustomerOrdersInTheOwnNameAndMayLeaveItOut() throws Exception {
    var named = api.post("/orders", order(ada, sku, 1), adas);
    var unnamed = api.post("/orders", withoutCustomer(), adas);

    assertThat(named.statusCode()).as(named.body()).isEqualTo(202);
    assertThat(unnamed.statusCode()).as(unnamed.body()).isEqualTo(202);
    assertThat(HttpApi.body(unnamed).path("customerId").asString()).isEqualTo(ada);
    assertForbidden(api.post("/orders", order(ada, sku, 1), bens));
    assertThat(items("/orders", adas)).isEqualTo(2);
    assertThat(items("/orders?customerId=" + ada, adas)).isEqualTo(2);
    assertForbidden(api.get("/orders?customerId=" + ada, bens));
  }

  @Test
  void aChannelOrdersForItsCustomersWhomItNames() throws Exception {
    var placed = api.post("/orders", order(ada, sku, 1), channel);

    var path = "/orders/" + HttpApi.body(placed).path("id").asString();
    assertThat(placed.statusCode()).as(placed.body()).isEqualTo(202);
    assertThat(api.get(path, channel).statusCode()).isEqualTo(200);
    assertThat(api.post(path + "/cancellation", REASON, channel).statusCode()).isEqualTo(202);
    assertThat(api.get(path, adas).statusCode()).as("it is the customer's").isEqualTo(200);
    HttpApi.assertProblem(
        api.post("/orders", withoutCustomer(), channel), 400, "invalid-request", "customerId");
    HttpApi.assertProblem(api.get("/orders", channel), 400, "invalid-request", "customerId");
  }

  /** Whose payments are declined, though one client sends the orders of both. */
  @Test
  void aChannelIsRefusedForOneCustomerAndNotForAnother() throws Exception {
    for (int i = 0; i < 6; i++) {
      var placed = HttpApi.body(api.post("/orders", order(ada, sku, 1), channel));
      var step = new StepKey(Long.parseLong(placed.path("id").asString()), "cancel", 1);
      settle(new CancelOrder(step, CancelReason.INSUFFICIENT_FUNDS));
    }

    HttpApi.problem(
        api.post("/orders", order(ada, sku, 1), channel), 429, "too-many-declined-payments");
    HttpApi.problem(
        api.post("/orders", order(ada, sku, 1), adas), 429, "too-many-declined-payments");
    assertThat(api.post("/orders", order(aCustomer(), sku, 1), channel).statusCode())
        .isEqualTo(202);
  }

  @Test
  void anotherCustomersOrderIsUnknown() throws Exception {
    var placed = api.post("/orders", order(ada, sku, 1), adas);
    var path = "/orders/" + HttpApi.body(placed).path("id").asString();

    HttpApi.problem(api.get(path, bens), 404, "order-unknown");
    HttpApi.problem(api.get(path + "/timeline", bens), 404, "order-unknown");
    HttpApi.problem(api.post(path + "/cancellation", REASON, bens), 404, "order-unknown");
    assertThat(
            HttpApi.body(api.get(path + "/timeline", adas))
                .path("entries")
                .findValuesAsString("what"))
        .doesNotContain("CANCELLATION_REQUESTED");
    assertThat(api.post(path + "/cancellation", REASON, adas).statusCode()).isEqualTo(202);
  }

  @Test
  void staffReadsOrdersAndPlacesNone() throws Exception {
    var placed = api.post("/orders", order(ada, sku, 1), adas);
    var path = "/orders/" + HttpApi.body(placed).path("id").asString();
    var operator = ISSUER.token("grace", "OPERATOR");
    var auditor = ISSUER.token("eve", "AUDITOR");

    assertThat(api.get(path, operator).statusCode()).isEqualTo(200);
    assertThat(api.get(path + "/timeline", auditor).statusCode()).isEqualTo(200);
    assertForbidden(api.get(path, ISSUER.token("mia", "MERCHANT")));
    for (var token : new String[] {operator, auditor, ISSUER.token("mia", "MERCHANT")}) {
      assertForbidden(api.post("/orders", order(ada, sku, 1), token));
      assertForbidden(api.post(path + "/cancellation", REASON, token));
    }
  }

  private String withoutCustomer() {
    return "{\"items\": [{\"sku\": \"%s\", \"quantity\": 1}], \"payment\": {\"method\": \"WALLET\"}}"
        .formatted(sku);
  }

  private int items(String path, String token) throws IOException, InterruptedException {
    return HttpApi.body(api.get(path, token)).path("items").size();
  }
}
