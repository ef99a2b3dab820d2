package dev.mall.notification;

import static dev.mall.contracts.values.CancelReason.INSUFFICIENT_FUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.StoredApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The inbox over HTTP, as a client sees it. */
class NotificationsIT extends NotificationServiceTests {

  private static final HttpClient http = HttpClient.newHttpClient();
  private static final JsonMapper json = JsonMapper.builder().build();

  @LocalServerPort int port;

  @Test
  void showsWhatACustomerWasToldNewestFirst() throws Exception {
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
  void theInboxOfACustomerNobodyToldAnythingIsEmpty() throws Exception {
    assertThat(get("/notifications?customerId=nobody").body())
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
    assertProblem(send(request(path).method(method, BodyPublishers.noBody())), status, type, field);
  }

  @Test
  void anOverlongCustomerIdIsRefused() throws Exception {
    assertProblem(
        get("/notifications?customerId=" + "x".repeat(65)), 400, "invalid-request", "customerId");
  }

  @Test
  void servesItsOpenApiDocument() throws Exception {
    StoredApi.assertUnchanged("notification-service", get("/v3/api-docs").body());
  }

  private JsonNode page(String query) throws Exception {
    var answer = get("/notifications?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
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
    var problem = json.readTree(answer.body());
    assertThat(problem.path("type").asString()).endsWith("/problems/" + type);
    if (field != null) {
      assertThat(problem.path("errors").findValuesAsString("field")).contains(field);
    }
  }
}
