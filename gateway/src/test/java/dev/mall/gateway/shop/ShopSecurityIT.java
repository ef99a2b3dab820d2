package dev.mall.gateway.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Logins, forms of other sites, and the policy that pages have. */
class ShopSecurityIT extends ShopTests {

  private static final Pattern ASSET =
      Pattern.compile("<(?:script|link)[^>]*(?:src|href)=\"([^\"]*)\"");
  private static final int MOST_BYTES = 40 * 1024;

  @Autowired private JdbcClient jdbc;

  @Test
  void pagesRunNoScriptOfTheirOwnAndLoadFromNowhereElse() throws Exception {
    for (var page : everyPage()) {
      var policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
      assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'");
      assertThat(policy).doesNotContain("unsafe", "*", "http");
      assertThat(page.body())
          .as("%s", page.uri())
          .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
          .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:");
    }
  }

  @Test
  void aPageHasAtMostFortyKilobytesOfScriptAndStyle() throws Exception {
    for (var page : everyPage()) {
      int bytes = 0;
      for (var path : ASSET.matcher(page.body()).results().map(it -> it.group(1)).toList()) {
        var asset = browser.get(path);
        assertThat(asset.statusCode()).as(path).isEqualTo(200);
        assertThat(asset.headers().firstValue("Cache-Control").orElseThrow())
            .as(path)
            .contains("max-age=31536000");
        assertThat(path).as("has the hash of its content").matches(".*-[0-9a-f]{32}\\.[a-z]+");
        bytes += zipped(asset.body());
      }
      assertThat(bytes).as("%s", page.uri()).isBetween(1, MOST_BYTES);
    }
  }

  private List<HttpResponse<String>> everyPage() throws IOException, InterruptedException {
    MALL.order("PENDING", "");
    var login = browser.open("/my/orders");
    return List.of(
        login,
        asAda("/"),
        browser.open("/cart?item=espresso-cup:1"),
        browser.open("/my/orders"),
        browser.open("/my/orders/" + StubMall.ORDER),
        browser.open("/my/wallet"),
        browser.open("/my/inbox"),
        browser.open("/my/orders/1"),
        browser.open("/welcome?token=wrong"));
  }

  private static int zipped(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.size();
  }

  @Test
  void aFormOfAnotherSiteDoesNothing() throws Exception {
    MALL.confirmedOrder();
    asAda("/");

    var bought = browser.post("/cart", "key=k&item=espresso-cup:1");
    var cancelled = browser.post("/my/orders/" + StubMall.ORDER + "/cancellation", "_csrf=guessed");
    var loggedOut = browser.post("/logout", "");

    for (var answer : List.of(bought, cancelled, loggedOut)) {
      assertThat(answer.statusCode()).isEqualTo(403);
    }
    assertThat(bought.body()).contains("nothing was done");
    assertThat(MALL.received("POST", "/orders")).isEmpty();
    assertThat(MALL.received("POST", "/orders/" + StubMall.ORDER + "/cancellation")).isEmpty();
    assertThat(browser.open("/my/wallet").body()).contains("Balance");
  }

  @Test
  void logoutEndsTheSession() throws Exception {
    var page = asAda("/");

    assertThat(browser.followed(browser.submit(page, "/logout")).body())
        .contains("You are logged out");
    assertThat(browser.get("/my/wallet").statusCode()).isEqualTo(302);
  }

  @Test
  void aWrongPasswordIsReported() throws Exception {
    var page = browser.login("/my/wallet", "ada", "wrong");

    assertThat(page.uri().getPath()).isEqualTo("/login");
    assertThat(page.body()).contains("Name or password is wrong");
  }

  @Test
  void partsOfPagesNeedALoginAndGetNoLoginPage() throws Exception {
    var moves = "/my/orders/" + StubMall.ORDER + "/moves?seen=x";

    assertThat(browser.get("/my/wallet", "HX-Request", "true").statusCode()).isEqualTo(401);
    assertThat(browser.get(moves, "Accept", "text/event-stream").statusCode()).isEqualTo(401);
  }

  @Test
  void staffWhoAreNoCustomersAreRefused() throws Exception {
    var page = browser.login("/my/wallet", "mia", PASSWORD);

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("not one of a customer");
    assertThat(MALL.received("GET", "/wallets/merchant-1")).isEmpty();
  }

  @Test
  void aDisabledAccountGetsNothingMoreAtOnce() throws Exception {
    browser.login("/", "ben", PASSWORD);
    jdbc.sql("update users set enabled = false where login = 'ben'").update();
    try {
      assertThat(browser.open("/my/orders").statusCode()).isEqualTo(403);
      assertThat(MALL.received("GET", "/orders")).isEmpty();
    } finally {
      jdbc.sql("update users set enabled = true where login = 'ben'").update();
    }
  }

  @Test
  void theWelcomeLinkLogsInOnce() throws Exception {
    var link = "/welcome?token=" + WELCOME;

    assertThat(browser.get("/welcome?token=" + "x".repeat(40)).statusCode()).isEqualTo(410);
    assertThat(browser.get(link).statusCode()).isEqualTo(302);
    assertThat(browser.open("/my/wallet").body()).contains("Balance");

    try (var second = new PlainBrowser(gateway())) {
      assertThat(second.get(link).statusCode()).isEqualTo(410);
      assertThat(second.get("/my/wallet").statusCode()).isEqualTo(302);
    }
  }
}
