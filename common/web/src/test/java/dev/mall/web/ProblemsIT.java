package dev.mall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.web.input.IdempotencyKey;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error is a problem that names the field or the cause. */
class ProblemsIT extends ShopRequests {

  @Test
  void everyFieldThatIsNotValidIsNamed() throws Exception {
    var problem = problem(post("{\"items\":[{\"sku\":\"a\",\"quantity\":1000},{}]}"), 400);

    assertThat(problem.path("type").asString()).endsWith("/problems/invalid-request");
    assertThat(problem.path("instance").asString()).isEqualTo("/baskets");
    assertThat(problem.path("errors").findValuesAsString("field"))
        .containsExactlyInAnyOrder("items[0].quantity", "items[1].sku", "items[1].quantity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"items\":[{\"quantity\":\"many\"}]} | items[0].quantity",
        "{\"items\":[{\"quantity\":\"3\"}]}    | items[0].quantity",
        "{\"items\":[{\"quantity\":1.5}]}      | items[0].quantity",
        "{\"items\":[{\"quantity\":true}]}     | items[0].quantity",
        "{\"items\":[{\"quantity\":99999999999}]} | items[0].quantity",
        "{\"items\":[{\"quantity\":1e999999999}]} | items[0].quantity",
        "{\"items\":[{\"quantity\":{}}]}       | items[0].quantity",
        "{\"items\":[{\"sku\":[1]}]}           | items[0].sku",
        "{\"items\":[{\"sku\":5}]}             | items[0].sku",
        "{\"items\":[{\"sku\":5.5}]}           | items[0].sku",
        "{\"items\":[{\"sku\":true}]}          | items[0].sku",
        "{\"items\":[{\"colour\":\"red\"}]}    | items[0].colour",
        "{\"itemz\":[]}                        | itemz",
        "{\"items\":7}                         | items",
        "{\"items\":[null]}                    | items[0]",
        "{}                                    | items",
        "{\"items\":[]}                        | items",
      })
  void aValueOfTheWrongShapeIsNamed(String body, String field) throws Exception {
    var problem = problem(post(body), 400);

    assertThat(problem.path("type").asString()).endsWith("/problems/invalid-request");
    assertThat(problem.path("errors").path(0).path("field").asString()).startsWith(field);
  }

  @Test
  void everyWrongValueIsNamedAtOnce() throws Exception {
    var problem =
        problem(
            post(
                """
                {"colour": "red", "size": 3, "items": [
                  {"sku": 1, "quantity": "x"}, {"quantity": 1000}, 7]}
                """),
            400);

    assertThat(type(problem)).isEqualTo("invalid-request");
    assertThat(problem.path("errors").valueStream().map(error -> error.path("field").asString()))
        .containsExactlyInAnyOrder(
            "colour",
            "size",
            "items[0].sku",
            "items[0].quantity",
            "items[1].sku",
            "items[1].quantity",
            "items[2]");
  }

  @Test
  void aWrongValueBeforeASyntaxErrorIsNamed() throws Exception {
    var problem = problem(post("{\"items\": 7, \"colour\": }"), 400);

    assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("items");
  }

  @Test
  void aWrongValueThatIsNestedTooDeeplyIsNamed() throws Exception {
    var problem = problem(post("{\"items\": [{\"quantity\": " + "[".repeat(600) + "}]}"), 400);

    assertThat(problem.path("errors").path(0).path("field").asString()).startsWith("items[0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "nonsense", "[]", "{\"items\":[}", "{} trailing", "7", "\u0000"})
  void aBodyThatIsNoJsonObjectIsMalformed(String body) throws Exception {
    var problem = problem(post(body), 400);

    assertThat(problem.path("type").asString()).endsWith("/problems/malformed-body");
    assertThat(problem.toString()).doesNotContain("tools.", "java", "dev.mall");
  }

  @Test
  void aBodyNestedBeyondReasonIsMalformed() throws Exception {
    assertThat(problem(post("[".repeat(5000)), 400).path("type").asString())
        .endsWith("/problems/malformed-body");
  }

  @Test
  void aKeyThatComesTwiceIsRefused() throws Exception {
    problem(post("{\"items\":[],\"items\":[]}"), 400);
  }

  @Test
  void aBodyOverTheLimitIsTooLargeAlsoInChunks() throws Exception {
    var body = "{\"items\":\"%s\"}".formatted("x".repeat(70_000));
    var chunks = chunked(body);

    assertThat(type(problem(post(body), 413))).isEqualTo("body-too-large");
    assertThat(type(problem(post(chunks), 413))).isEqualTo("body-too-large");
  }

  @Test
  void aBodyWithinTheLimitIsReadAlsoInChunks() throws Exception {
    var body = "{\"items\":[{\"sku\":\"%s\",\"quantity\":1}]}".formatted("x".repeat(60_000));

    assertThat(post(body).statusCode()).isEqualTo(200);
    assertThat(post(chunked(body)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/nowhere, 404, not-found",
    "/error, 404, not-found",
    "/baskets, 405, method-not-allowed",
    "/baskets/abc, 400, invalid-request",
    "/baskets/99999999999999999999, 400, invalid-request",
    "/baskets/0x1F, 400, invalid-request",
    "/baskets/+5, 400, invalid-request",
    "/baskets/-5, 400, invalid-request",
    "/baskets/007, 400, invalid-request",
    "/baskets/%231F, 400, invalid-request",
    "/baskets/1?size=99999999999, 400, invalid-request",
    "/baskets/1?size=0x1, 400, invalid-request",
    "/baskets/1?size=0, 400, invalid-request",
    "/baskets/1?size=x, 400, invalid-request",
    "/needs, 400, invalid-request",
    "/baskets/1?sise=2, 400, invalid-request",
    "/sold-out?x=1, 400, invalid-request",
    "/baskets/1?size=1&x=%25, 400, invalid-request",
    "/sold-out, 400, bad-request",
    "/bug, 500, internal",
    "/stack-overflow, 500, internal",
    "/slow-query, 503, unavailable",
    "/no-database, 503, unavailable",
    "/lost-connection, 503, unavailable",
    "/never, 503, unavailable",
    "/pages?cursor=x, 400, invalid-request",
    "/pages?cursor=!!, 400, invalid-request",
    "/actuator/nothing, 401, unauthorized",
    "/baskets/%2e%2e%2f, 400, bad-request",
    "/%ff, 400, bad-request",
  })
  void everyErrorIsAProblem(String path, int status, String type) throws Exception {
    var problem = problem(get(path), status);

    assertThat(type(problem)).isEqualTo(type);
    assertThat(problem.toString()).doesNotContain("secret", "static resource");
  }

  @Test
  void aParameterOrHeaderThatIsMissingIsNamed() throws Exception {
    var headerMissing = problem(get("/needs?colour=red"), 400);
    var parameterMissing = problem(get("/needs", r -> r.header("X-Shop", "a")), 400);

    assertThat(headerMissing.path("errors").path(0).path("field").asString()).isEqualTo("X-Shop");
    assertThat(parameterMissing.path("errors").path(0).path("field").asString())
        .isEqualTo("colour");
  }

  @Test
  void otherMediaTypesAreRefused() throws Exception {
    var xml = request("/baskets").header("Content-Type", "text/xml");
    var picky = request("/baskets/1").header("Accept", "text/xml");

    assertThat(type(problem(send(xml.POST(BodyPublishers.ofString("<a/>"))), 415)))
        .isEqualTo("unsupported-media-type");
    assertThat(type(problem(send(picky), 406))).isEqualTo("not-acceptable");
  }

  @Test
  void what503CannotDoNowMayBeTriedAgain() throws Exception {
    assertThat(get("/slow-query").headers().firstValue("Retry-After")).isPresent();
    assertThat(get("/never").headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void tomcatItselfAnswersWithAProblem() throws Exception {
    var answer = raw("GET /a b|c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "/bad-request");
  }

  @Test
  void aHeaderBeyondAllSizeIsAProblem() throws Exception {
    var answer =
        raw(
            "GET /baskets/1 HTTP/1.1\r\nHost: x\r\nX: %s\r\nConnection: close\r\n\r\n"
                .formatted("x".repeat(20_000)));

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "/bad-request");
  }

  @Test
  void pagesLeadFromOneToTheNext() throws Exception {
    var first = json.readTree(get("/pages").body());
    var second = json.readTree(get("/pages?cursor=" + first.path("next").asString()).body());
    var third = json.readTree(get("/pages?cursor=" + second.path("next").asString()).body());

    assertThat(first.path("items").toString()).isEqualTo("[1,2]");
    assertThat(second.path("items").toString()).isEqualTo("[3,4]");
    assertThat(third.path("items").toString()).isEqualTo("[5]");
    assertThat(third.path("next").isNull()).isTrue();
  }

  @Test
  void aKeyIsVisibleAscii() throws Exception {
    assertThat(get("/keys", r -> r.header(IdempotencyKey.HEADER, "a-1")).body()).isEqualTo("a-1");
    problem(get("/keys", r -> r.header(IdempotencyKey.HEADER, "a b")), 400);
    problem(get("/keys", r -> r.header(IdempotencyKey.HEADER, "x".repeat(129))), 400);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return post(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> post(BodyPublisher body) throws Exception {
    return send(request("/baskets").header("Content-Type", "application/json").POST(body));
  }

  private static BodyPublisher chunked(String body) {
    return BodyPublishers.ofInputStream(
        () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
