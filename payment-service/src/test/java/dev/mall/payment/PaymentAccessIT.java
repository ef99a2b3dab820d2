package dev.mall.payment;

import static dev.mall.testing.access.JudgedApi.assertForbidden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.HttpApi;
import dev.mall.testing.access.JudgedApi;
import dev.mall.testing.access.WithIssuer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** payment-service with an issuer: who may do what. */
class PaymentAccessIT extends PaymentServiceTests implements WithIssuer {

  private static final String DEPOSIT = "{\"amountMinor\": 500, \"currency\": \"EUR\"}";

  private final String ada = aCustomer();
  private final String adas = ISSUER.token(ada, "CUSTOMER");
  private final String bens = ISSUER.token(aCustomer(), "CUSTOMER");

  @LocalServerPort int port;

  @Test
  void tokensAreJudged() throws Exception {
    deposit(ada, euro(500));

    api().assertJudges("/wallets/" + ada);
  }

  @Test
  void aCustomerSeesTheOwnWalletAlone() throws Exception {
    deposit(ada, euro(500));

    assertThat(api().get("/wallets/" + ada, adas).statusCode()).isEqualTo(200);
    assertThat(api().get("/wallets/" + ada + "/entries", adas).statusCode()).isEqualTo(200);
    assertForbidden(api().get("/wallets/" + ada, bens));
    assertForbidden(api().get("/wallets/" + ada + "/entries", bens));
    assertForbidden(api().get("/wallets/of-no-customer", bens));
    assertForbidden(api().get("/wallets/" + ada, ISSUER.token("market", "CHANNEL")));
  }

  @Test
  void aMerchantAloneDeposits() throws Exception {
    var path = "/wallets/%s/deposits".formatted(ada);
    var mia = ISSUER.token("mia", "MERCHANT");

    var made = api().post(path, DEPOSIT, mia);

    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    var location = made.headers().firstValue("Location").orElseThrow();
    assertThat(api().get(location, mia).statusCode()).isEqualTo(200);
    assertThat(api().get(location, adas).statusCode()).isEqualTo(200);
    assertForbidden(api().get(location, bens));
    assertForbidden(api().post(path, DEPOSIT, adas));
    assertForbidden(api().post(path, DEPOSIT, ISSUER.token("eve", "AUDITOR")));
    assertThat(balanceOf(ada)).isEqualTo(euro(500));
  }

  @Test
  void anotherCustomersPaymentLooksLikeNone() throws Exception {
    deposit(ada, euro(500));
    long order = anOrder();
    handle(charge(order, ada, euro(300)));
    long calledOff = anOrder();
    handle(refund(calledOff));

    assertThat(payments(order, adas)).isOne();
    assertThat(payments(order, bens)).isZero();
    assertThat(payments(order, ISSUER.token("grace", "OPERATOR"))).isOne();
    assertThat(payments(calledOff, adas)).as("of no customer").isZero();
    assertThat(payments(calledOff, ISSUER.token("eve", "AUDITOR"))).isOne();
  }

  @Test
  void anOperatorDecidesATransactionUnderTheNameInTheToken() throws Exception {
    long order = anOrder();
    long other = anOrder();
    var path = "/actuator/preparedtransactions/";
    var named = "{\"outcome\": \"ROLLED_BACK\", \"who\": \"mallory\", \"why\": \"a test\"}";
    var unnamed = "{\"outcome\": \"ROLLED_BACK\", \"why\": \"a test\"}";
    var grace = ISSUER.token("grace", "OPERATOR");

    assertForbidden(api().post(path + order, named, ISSUER.token("eve", "AUDITOR")));
    HttpApi.problem(api().post(path + order, named, ""), 401, "unauthorized");
    assertThat(operatorsOf(order)).isEmpty();
    assertThat(api().post(path + order, named, grace).statusCode()).isEqualTo(200);
    assertThat(api().post(path + other, unnamed, grace).statusCode()).isEqualTo(200);

    assertThat(operatorsOf(order)).containsExactly("grace");
    assertThat(operatorsOf(other)).containsExactly("grace");
  }

  private List<String> operatorsOf(long order) {
    return jdbc.sql("select who from two_phase_heuristic where order_id = ?")
        .param(order)
        .query(String.class)
        .list();
  }

  private int payments(long order, String token) throws IOException, InterruptedException {
    return HttpApi.body(api().get("/payments?orderId=" + order, token)).path("items").size();
  }

  private JudgedApi api() {
    return new JudgedApi(new HttpApi(port), ISSUER);
  }
}
