package dev.mall.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.ProductChanged;
import dev.mall.inventory.catalogue.RepublishCatalogue;
import dev.mall.testing.StoredApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class ProductControllerIT extends HttpTests {

  private static final String TEA =
      """
      {"name": "Tea", "priceMinor": 499, "currency": "EUR"}
      """;

  @Autowired RepublishCatalogue republish;

  @Test
  void addsAProductAndPublishesIt() throws Exception {
    var path = "/products/tea-1";

    var added = put(path, TEA);

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.body())
        .isEqualTo(
            "{\"sku\":\"tea-1\",\"name\":\"Tea\",\"priceMinor\":499,\"currency\":\"EUR\",\"version\":1}");
    assertThat(get(path).body()).isEqualTo(added.body());
    assertThat(published.states(1, "tea-1"))
        .containsExactly(new ProductChanged("tea-1", 1, "Tea", 499, "EUR"));
    assertThat(body(get("/stock/tea-1")).path("available").asLong(-1)).isZero();
  }

  @Test
  void aChangeIsTheNextVersionAndARepeatIsNone() throws Exception {
    var path = "/products/tea-2";
    put(path, TEA);

    var changed = put(path, TEA.replace("499", "599"));
    var repeated = put(path, TEA.replace("499", "599"));
    put(path, TEA.replace("Tea", "Green tea"));

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(body(changed).path("version").asLong()).isEqualTo(2);
    assertThat(repeated.body()).isEqualTo(changed.body());
    assertThat(published.states(3, "tea-2"))
        .containsExactly(
            new ProductChanged("tea-2", 1, "Tea", 499, "EUR"),
            new ProductChanged("tea-2", 2, "Tea", 599, "EUR"),
            new ProductChanged("tea-2", 3, "Green tea", 499, "EUR"));
  }

  @Test
  void aProductKeepsItsCurrency() throws Exception {
    put("/products/tea-currency", TEA);

    var repriced = put("/products/tea-currency", TEA.replace("EUR", "JPY"));

    assertProblem(repriced, 409, "other-currency", "currency");
    assertThat(body(get("/products/tea-currency")).path("currency").asString()).isEqualTo("EUR");
  }

  @Test
  void aChangeIsMadeOnlyToTheVersionThatWasSeen() throws Exception {
    var path = "/products/tea-etag";
    assertProblem(put(path, TEA, "*"), 412, "product-changed", "If-Match");
    assertProblem(put(path, TEA, "\"1\""), 412, "product-changed", "If-Match");
    var added = put(path, TEA);
    var etag = added.headers().firstValue("ETag").orElseThrow();

    var changed = put(path, TEA.replace("499", "599"), "\"7\", " + etag);
    var lost = put(path, TEA.replace("499", "699"), etag);

    assertThat(added.headers().firstValue("Location")).hasValue(path);
    assertThat(etag).isEqualTo("\"1\"");
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).hasValue("\"2\"");
    assertProblem(lost, 412, "product-changed", "If-Match");
    assertProblem(put(path, TEA, "W/\"2\""), 412, "product-changed", "If-Match");
    assertThat(put(path, TEA.replace("499", "699"), "*").statusCode()).isEqualTo(200);
    assertThat(get(path).headers().firstValue("ETag")).hasValue("\"3\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/products/...", "/products/%2e%2e%2e"})
  void aSkuOfDotsIsRefused(String path) throws Exception {
    assertProblem(put(path, TEA), 400, "invalid-request", "sku");
  }

  @Test
  void aPageHasAsManyAsAreAskedFor() throws Exception {
    put("/products/limit-1", TEA);
    put("/products/limit-2", TEA);

    assertThat(body(get("/products?cursor=limit-0&limit=1")).path("items")).hasSize(1);
    assertProblem(get("/products?limit=0"), 400, "invalid-request", "limit");
    assertProblem(get("/products?limit=501"), 400, "invalid-request", "limit");
    assertProblem(get("/products?limits=1"), 400, "invalid-request", "limits");
  }

  @Test
  void concurrentChangesArePublishedInTheOrderOfTheirVersions() throws Exception {
    var writers =
        IntStream.rangeClosed(1, 8)
            .<Callable<Integer>>mapToObj(
                price -> () -> put("/products/tea-3", TEA.replace("499", "" + price)).statusCode())
            .toList();

    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(writers)) {
        statuses.add(status.get());
      }
    }

    assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
    assertThat(published.states(8, "tea-3"))
        .extracting(ProductChanged::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 8).boxed().toList());
  }

  @Test
  void republishesEveryProductInItsVersion() throws Exception {
    put("/products/tea-4", TEA);
    put("/products/tea-4", TEA.replace("499", "599"));

    var answer = post("/catalogue/republish", "");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(body(answer).path("count").asInt())
        .isEqualTo(jdbc.sql("select count(*) from product").query(Integer.class).single());
    assertThat(published.await(3, "tea-4").getLast())
        .isEqualTo(new ProductChanged("tea-4", 2, "Tea", 599, "EUR"));
  }

  @Test
  void republishesMoreThanOnePage() {
    jdbc.sql(
            """
            insert into product (sku, name, price_minor, currency, version)
            select 'bulk-' || n, 'Bulk', n, 'EUR', 1 from generate_series(1, 1500) n
            """)
        .update();

    republish.republish();

    assertThat(published.states(1, "bulk-1500")).hasSize(1);
    assertThat(published.states(1, "bulk-1")).hasSize(1);
  }

  @Test
  void listsAllProductsPageByPage() throws Exception {
    jdbc.sql(
            """
            insert into product (sku, name, price_minor, currency, version)
            select 'page-' || n, 'Page', n, 'EUR', 1 from generate_series(1, 250) n
            """)
        .update();

    var seen = new ArrayList<String>();
    var page = body(get("/products"));
    seen.addAll(page.path("items").findValuesAsString("sku"));
    while (!page.path("next").isNull()) {
      page = body(get("/products?cursor=" + page.path("next").asString()));
      seen.addAll(page.path("items").findValuesAsString("sku"));
    }

    assertThat(seen).isSorted().doesNotHaveDuplicates();
    assertThat(seen).filteredOn(sku -> sku.startsWith("page-")).hasSize(250);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                             | name,priceMinor,currency",
        "{\"name\":\"\",\"priceMinor\":1,\"currency\":\"EUR\"}          | name",
        "{\"name\":\"a\\u0000b\",\"priceMinor\":1,\"currency\":\"EUR\"} | name",
        "{\"name\":\"\\ud800\",\"priceMinor\":1,\"currency\":\"EUR\"}   | name",
        "{\"name\":\"\\u202e\",\"priceMinor\":1,\"currency\":\"EUR\"}   | name",
        "{\"name\":\"a\\u202eb\",\"priceMinor\":1,\"currency\":\"EUR\"} | name",
        "{\"name\":\"\\u200b\",\"priceMinor\":1,\"currency\":\"EUR\"}   | name",
        "{\"name\":\"\\ufeff\",\"priceMinor\":1,\"currency\":\"EUR\"}   | name",
        "{\"name\":\"\\uffff\",\"priceMinor\":1,\"currency\":\"EUR\"}   | name",
        "{\"name\":\"\\u3000\\u0301\",\"priceMinor\":1,\"currency\":\"EUR\"} | name",
        "{\"name\":5.5,\"priceMinor\":1,\"currency\":\"EUR\"}           | name",
        "{\"name\":\"Tea\",\"priceMinor\":1,\"currency\":\"DEM\"}       | currency",
        "{\"name\":\"Tea\",\"priceMinor\":1,\"currency\":\"USN\"}       | currency",
        "{\"name\":\"Tea\",\"priceMinor\":1,\"currency\":\"EUR\",\"x\":1} | x",
        "{\"name\":\"Tea\",\"priceMinor\":0,\"currency\":\"EUR\"}       | priceMinor",
        "{\"name\":\"Tea\",\"priceMinor\":-1,\"currency\":\"EUR\"}      | priceMinor",
        "{\"name\":\"Tea\",\"priceMinor\":1.5,\"currency\":\"EUR\"}     | priceMinor",
        "{\"name\":\"Tea\",\"priceMinor\":\"1\",\"currency\":\"EUR\"}   | priceMinor",
        "{\"name\":\"Tea\",\"priceMinor\":1000000000000001,\"currency\":\"EUR\"} | priceMinor",
        "{\"name\":\"Tea\",\"priceMinor\":9223372036854775808,\"currency\":\"EUR\"} | priceMinor",
        "{\"name\":\"Tea\",\"priceMinor\":1,\"currency\":\"eur\"}       | currency",
        "{\"name\":\"Tea\",\"priceMinor\":1,\"currency\":\"XXX\"}       | currency",
        "{\"name\":\"Tea\",\"priceMinor\":1,\"currency\":\"\"}          | currency",
        "{\"name\":\"Tea\",\"priceMinor\":1}                            | currency",
      })
  void aProductThatMakesNoSenseIsRefused(String body, String fields) throws Exception {
    assertProblem(put("/products/bad", body), 400, "invalid-request", fields.split(","));
    assertProblem(get("/products/bad"), 404, "product-unknown");
  }

  @Test
  void aNameIsTooLongFrom201Characters() throws Exception {
    assertThat(put("/products/long", TEA.replace("Tea", "é".repeat(200))).statusCode())
        .isEqualTo(201);
    assertProblem(
        put("/products/long", TEA.replace("Tea", "é".repeat(201))), 400, "invalid-request", "name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%20b", "a%2Fb", "%00", "ä", "a%25"})
  void aSkuThatIsNoneIsRefused(String sku) throws Exception {
    for (var answer :
        List.of(
            get("/products/" + encoded(sku)),
            put("/products/" + encoded(sku), TEA),
            get("/stock/" + encoded(sku)),
            post("/stock/" + encoded(sku) + "/receipts", "{\"quantity\": 1}"))) {
      assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
  }

  @Test
  void aSkuOf65CharactersIsRefused() throws Exception {
    assertThat(put("/products/" + "a".repeat(64), TEA).statusCode()).isEqualTo(201);
    assertProblem(put("/products/" + "a".repeat(65), TEA), 400, "invalid-request", "sku");
  }

  @Test
  void aBodyThatIsNoJsonIsRefused() throws Exception {
    assertProblem(put("/products/bad", "{"), 400, "malformed-body");
    assertProblem(put("/products/bad", ""), 400, "malformed-body");
    assertProblem(
        send(
            to("/products/bad")
                .header("Content-Type", "text/plain")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("Tea"))),
        415,
        "unsupported-media-type");
    assertProblem(
        put("/products/bad", TEA.replace("Tea", "a".repeat(70_000))), 413, "body-too-large");
  }

  @Test
  void aMadeUpCursorIsRefused() throws Exception {
    assertProblem(get("/products?cursor=%20"), 400, "invalid-request", "cursor");
  }

  @Test
  void describesItselfToPrograms() throws Exception {
    StoredApi.assertUnchanged("inventory-service", get("/v3/api-docs").body());
  }

  private static String encoded(String sku) {
    return sku.replace("ä", "%C3%A4");
  }
}
