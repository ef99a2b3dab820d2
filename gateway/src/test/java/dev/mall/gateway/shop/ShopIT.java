package dev.mall.gateway.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import tools.jackson.databind.json.JsonMapper;

/** The shop by plain HTTP, as a browser without JavaScript uses it. */
class ShopIT extends ShopTests {

  private static final String ORDER_PAGE = "/my/orders/" + StubMall.ORDER;

  @Test
  void visitorsSeeProductsAndStockWithoutASession() throws Exception {
    var page = browser.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Espresso cup", "12.50 EUR", "40 in stock", "sold out");
    assertThat(browser.cookies()).isEmpty();
    assertThat(MALL.received("GET", "/products").getFirst().header("Authorization")).isEmpty();
  }

  @Test
  void namesAreText() throws Exception {
    MALL.product("espresso-cup", "<script>alert(1)</script> & \\\"it's\\\" <b>", 12_50);
    MALL.products("espresso-cup");

    var page = browser.get("/");

    assertThat(page.body()).contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;");
    assertThat(page.body()).doesNotContain("<script>alert", "<b>");
  }

  @Test
  void theCartIsInTheAddressOfEveryPage() throws Exception {
    var page = browser.get("/?item=grinder:1&item=espresso-cup:1&item=grinder:1");

    assertThat(page.body())
        .contains("2 in your cart", "Cart (3)")
        .contains("\"/cart?item=grinder:2&amp;item=espresso-cup:1\"")
        .contains("\"/?item=grinder:2&amp;item=espresso-cup:2\"")
        .contains("\"/my/wallet?item=grinder:2&amp;item=espresso-cup:1\"");
    assertThat(asAda("/my/wallet?item=grinder:2").body()).contains("\"/cart?item=grinder:2\"");
  }

  @Test
  void anAddressThatTheShopDidNotMakeIsRefusedWithAPage() throws Exception {
    for (var query :
        new String[] {"item=cup", "item=cup:0", "item=cup:1000", "nothing=1", "item=%00:1"}) {
      var page = browser.get("/?" + query);

      assertThat(page.statusCode()).as(query).isEqualTo(400);
      assertThat(page.headers().firstValue("Content-Type").orElseThrow()).contains("text/html");
    }
  }

  @Test
  void aCustomerBuysAfterTheLoginThatTheCartAsksFor() throws Exception {
    MALL.order("PENDING", "");

    var cart = asAda("/cart?item=espresso-cup:2");
    assertThat(cart.uri().getQuery()).isEqualTo("item=espresso-cup:2");
    assertThat(cart.body()).contains("Espresso cup", "25.00 EUR", "Buy");
    var bought = browser.submit(cart, "/cart");

    assertThat(bought.statusCode()).isEqualTo(303);
    assertThat(bought.headers().firstValue("Location").orElseThrow()).endsWith(ORDER_PAGE);
    var request = MALL.received("POST", "/orders").getFirst();
    var body = JsonMapper.shared().readTree(request.body());
    assertThat(body.path("items").toString())
        .isEqualTo("[{\"sku\":\"espresso-cup\",\"quantity\":2}]");
    assertThat(body.path("expectedTotalMinor").asLong()).isEqualTo(2500);
    assertThat(body.has("customerId")).isFalse();
    assertThat(request.header("Idempotency-key")).isNotEmpty();
    var token =
        NimbusJwtDecoder.withJwkSetUri(gateway() + "/oauth2/jwks")
            .build()
            .decode(request.header("Authorization").replace("Bearer ", ""));
    assertThat(token.getSubject()).isEqualTo("ada");
    assertThat(token.getAudience()).containsExactly("mall");
    assertThat(token.getClaimAsStringList("roles")).containsExactly("CUSTOMER");

    browser.submit(cart, "/cart");
    assertThat(MALL.received("POST", "/orders"))
        .extracting(it -> it.header("Idempotency-key"))
        .as("pressed twice")
        .hasSize(2)
        .containsOnly(request.header("Idempotency-key"));
  }

  @Test
  void aRefusedOrderIsExplainedAndASilentServiceIsAskedAgainWithTheSameKey() throws Exception {
    var cart = asAda("/cart?item=espresso-cup:2");
    MALL.answers(
        "POST",
        "/orders",
        409,
        """
        {"type": "https://mall.dev/problems/other-total", "title": "Other total", "status": 409,
         "detail": "the total is 26.00 EUR now"}
        """);
    var refused = browser.submit(cart, "/cart");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("Nothing was ordered. The total is 26.00 EUR now.");

    MALL.isSilent("/orders");
    var silent = browser.submit(refused, "/cart");
    assertThat(silent.statusCode()).isEqualTo(503);
    assertThat(silent.body()).contains("Press Buy again");
    assertThat(keyOf(silent)).isEqualTo(keyOf(refused)).isNotEqualTo(keyOf(cart));
  }

  private static String keyOf(HttpResponse<String> page) {
    return page.body().replaceFirst("(?s).*name=\"key\" value=\"([^\"]*)\".*", "$1");
  }

  @Test
  void anOrderIsShownStepByStepAndLoadsAgainWhileItMoves() throws Exception {
    MALL.order("PENDING", "");

    var pending = asAda(ORDER_PAGE);
    assertThat(pending.body())
        .contains("Order placed", "then 12.50 EUR is taken", "Espresso cup")
        .contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>")
        .contains("sse-connect=\"" + ORDER_PAGE + "/moves?seen=PENDING.kept.none.silent\"");

    MALL.confirmedOrder();
    var confirmed = browser.open(ORDER_PAGE);
    assertThat(confirmed.body())
        .contains("Your order is confirmed.", "12.50 EUR was taken from your wallet.", "inbox")
        .doesNotContain("http-equiv", "sse-connect", "<script");
  }

  @Test
  void movesAreSentAsEventsUntilTheOrderIsAtRest() throws Exception {
    MALL.confirmedOrder();
    asAda("/");

    var events = browser.get(ORDER_PAGE + "/moves?seen=PENDING.kept.none.silent");

    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(events.body())
        .isEqualTo(
            """
            event: moved
            data: CONFIRMED.kept.CAPTURED.notified

            event: rest
            data: CONFIRMED.kept.CAPTURED.notified

            """);
  }

  @Test
  void anOrderIsCancelledByAForm() throws Exception {
    MALL.confirmedOrder();

    var page = asAda(ORDER_PAGE);
    var asked = browser.submit(page, ORDER_PAGE + "/cancellation");
    assertThat(asked.statusCode()).isEqualTo(303);
    assertThat(MALL.received("POST", "/orders/" + StubMall.ORDER + "/cancellation"))
        .singleElement()
        .satisfies(it -> assertThat(it.body()).contains("\"reason\""));

    MALL.timeline("CANCELLATION_REQUESTED");
    assertThat(browser.open(ORDER_PAGE).body())
        .contains("Your order is being cancelled", "on their way back")
        .doesNotContain("Cancel this order");
  }

  @Test
  void walletHistoryAndInboxAreShown() throws Exception {
    MALL.confirmedOrder();

    assertThat(asAda("/my/wallet").body())
        .contains("200.00 EUR", "deposit", "30 Nov 2026, 10:00:00 UTC");
    assertThat(browser.open("/my/orders").body())
        .contains(StubMall.ORDER, "1 × espresso-cup", "12.50 EUR", "confirmed");
    assertThat(browser.open("/my/inbox").body()).contains("Thank you! You paid 12.50 EUR.");
  }

  @Test
  void aSilentServiceTakesItsPartOfThePageOnly() throws Exception {
    MALL.order("PENDING", "");
    MALL.isSilent("/payments");
    MALL.isSilent("/availability");

    var page = asAda(ORDER_PAGE);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Order placed", "payment-service does not answer right now");
    var products = browser.open("/");
    assertThat(products.statusCode()).isEqualTo(200);
    assertThat(products.body())
        .contains("Espresso cup", "Inventory-service does not answer right now");

    MALL.isSilent("/orders");
    var orders = browser.open("/my/orders");
    assertThat(orders.statusCode()).isEqualTo(503);
    assertThat(orders.body()).contains("Order-service does not answer", "reload this page");
  }

  @Test
  void anotherCustomersOrderIsUnknown() throws Exception {
    asAda("/");

    assertThat(browser.open(ORDER_PAGE).statusCode()).isEqualTo(404);
  }

  @Test
  void stockIsSentAgainOnlyWhenItDiffers() throws Exception {
    var mark =
        browser.get("/").body().replaceFirst("(?s).*hx-get=\"/\\?seen=([0-9a-f]+)\".*", "$1");

    assertThat(browser.get("/?seen=" + mark).statusCode()).isEqualTo(204);
    MALL.available(39, 0);
    assertThat(browser.get("/?seen=" + mark).body()).contains("39 in stock");
  }
}
