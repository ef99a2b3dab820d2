package dev.mall.notification;

import static dev.mall.testing.access.JudgedApi.assertForbidden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.HttpApi;
import dev.mall.testing.access.JudgedApi;
import dev.mall.testing.access.WithIssuer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** notification-service with an issuer: who may do what. */
class NotificationAccessIT extends NotificationServiceTests implements WithIssuer {

  private final String ada = aCustomer();
  private final String adas = ISSUER.token(ada, "CUSTOMER");

  @LocalServerPort int port;

  @Test
  void tokensAreJudged() throws Exception {
    api().assertJudges("/notifications?customerId=" + ada);
  }

  @Test
  void aCustomerReadsTheOwnInboxAndMayLeaveOutWhose() throws Exception {
    handle(confirmed(anOrder(), ada));

    assertThat(items("/notifications", adas)).isOne();
    assertThat(items("/notifications?customerId=" + ada, adas)).isOne();
    assertForbidden(api().get("/notifications?customerId=" + ada, ISSUER.token("ben", "CUSTOMER")));
    assertForbidden(api().get("/notifications?customerId=%s&customerId=ben".formatted(ada), adas));
  }

  @Test
  void staffReadsNoInboxButAnAuditorDoes() throws Exception {
    handle(confirmed(anOrder(), ada));
    var path = "/notifications?customerId=" + ada;

    for (var role : List.of("CHANNEL", "MERCHANT", "OPERATOR")) {
      assertForbidden(api().get(path, ISSUER.token("mia", role)));
    }
    assertThat(items(path, ISSUER.token("eve", "AUDITOR"))).isOne();
    HttpApi.assertProblem(
        api().get("/notifications", ISSUER.token("eve", "AUDITOR")),
        400,
        "invalid-request",
        "customerId");
  }

  private int items(String path, String token) throws IOException, InterruptedException {
    return HttpApi.body(api().get(path, token)).path("items").size();
  }

  private JudgedApi api() {
    return new JudgedApi(new HttpApi(port), ISSUER);
  }
}
