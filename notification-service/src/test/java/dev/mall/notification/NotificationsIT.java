package dev.mall.notification;

import static dev.mall.contracts.values.CancelReason.INSUFFICIENT_FUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.HttpApi;
import dev.mall.testing.StoredApi;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The inbox over HTTP, as a client sees it. */
class NotificationsIT extends NotificationServiceTests {

  @LocalServerPort int port;

  @Test
  void listsNotificationsNewestFirst() throws Exception {
    var ann = aCustomer();
    long confirmed = anOrder();
    long cancelled = anOrder();
    handle(confirmed(confirmed, ann), cancelled(cancelled, ann, INSUFFICIENT_FUNDS));

    var page = page("customerId=" + ann);

    assertThat(page.path("items").findValuesAsString("orderId"))
        .containsExactly(Long.toString(cancelled), Long.toString(confirmed));
    var news = page.path("items").path(0);
    assertThat(news.path("outcome").asString()).isEqualTo("CANCELLED");
    assertThat(news.path("cancelReason").asString()).isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(news.path("totalMinor").asLong()).isEqualTo(1_234);
    assertThat(news.path("currency").asString()).isEqualTo("EUR");
    assertThat(news.path("title").asString()).isEqualTo("Your order %d was cancelled", cancelled);
    assertThat(news.path("text").asString()).contains("12.34 EUR");
    assertThat(page.path("items").path(1).has("cancelReason")).isFalse();
    assertThat(page.path("next").isNull()).isTrue();
  }

  @Test
  void theInboxComesInPages() throws Exception {
    var ann = aCustomer();
    var orders = LongStream.range(0, 120).map(_ -> anOrder()).boxed().toList();
    handle(orders.stream().map(order -> confirmed(order, ann)).toList());
    handle(confirmed(anOrder(), aCustomer()));

    var seen = new ArrayList<Long>();
    var cursor = "";
    while (cursor != null) {
      var page = page("customerId=%s%s".formatted(ann, cursor));
      page.path("items").findValuesAsString("orderId").stream()
          .map(Long::valueOf)
          .forEach(seen::add);
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asString();
    }

    assertThat(seen).containsExactlyElementsOf(orders.reversed());
  }

  @Test
  void theInboxOfACustomerWithoutNotificationsIsEmpty() throws Exception {
    assertThat(api().get("/notifications?customerId=eve").body())
        .isEqualTo("{\"items\":[],\"next\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /notifications, 400, invalid-request, customerId",
    "GET, /notifications?customerId=, 400, invalid-request, customerId",
    "GET, /notifications?customerId=a%20b, 400, invalid-request, customerId",
    "GET, /notifications?customerId=%00, 400, invalid-request, customerId",
    "GET, /notifications?customerId=%C3%BCmit, 400, invalid-request, customerId",
    "GET, /notifications?customerId=ann&cursor=nonsense, 400, invalid-request, cursor",
    "GET, /notifications?customerId=ann&cursor=, 400, invalid-request, cursor",
    "GET, /notifications?customerId=ann&cursor=AQ, 400, invalid-request, cursor",
    "GET, /notifications/7, 404, not-found,",
    "POST, /notifications, 405, method-not-allowed,",
  })
  void whatMakesNoSenseIsAProblem(String method, String path, int status, String type, String field)
      throws Exception {
    var answer = api().send(api().to(path).method(method, BodyPublishers.noBody()));

    if (field == null) {
      HttpApi.problem(answer, status, type);
    } else {
      HttpApi.assertProblem(answer, status, type, field);
    }
  }

  @Test
  void anOverlongCustomerIdIsRefused() throws Exception {
    HttpApi.assertProblem(
        api().get("/notifications?customerId=" + "x".repeat(65)),
        400,
        "invalid-request",
        "customerId");
  }

  @Test
  void servesItsOpenApiDocument() throws Exception {
    StoredApi.assertUnchanged("notification-service", api().get("/v3/api-docs").body());
  }

  private HttpApi api() {
    return new HttpApi(port);
  }

  private JsonNode page(String query) throws Exception {
    var answer = api().get("/notifications?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return HttpApi.body(answer);
  }
}
