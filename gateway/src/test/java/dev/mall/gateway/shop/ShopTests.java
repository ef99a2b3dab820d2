package dev.mall.gateway.shop;

import dev.mall.gateway.GatewayTests;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The shop in front of services whose answers a test chooses. */
@TestPropertySource(
    properties = {
      "mall.gateway.welcome.token=" + ShopTests.WELCOME,
      "mall.gateway.rates.login-burst=1000"
    })
abstract class ShopTests extends GatewayTests {

  static final String WELCOME = "a-token-of-at-least-thirty-two-characters";
  static final StubMall MALL = new StubMall();

  PlainBrowser browser;

  @DynamicPropertySource
  static void services(DynamicPropertyRegistry registry) {
    for (var service : new String[] {"order", "inventory", "payment", "notification", "saga"}) {
      registry.add("mall.gateway.services." + service, MALL::address);
    }
  }

  @BeforeEach
  void open() {
    MALL.open();
    browser = new PlainBrowser(gateway());
  }

  @AfterEach
  void close() {
    browser.close();
  }

  HttpResponse<String> asAda(String path) throws IOException, InterruptedException {
    return browser.login(path, "ada", PASSWORD);
  }
}
