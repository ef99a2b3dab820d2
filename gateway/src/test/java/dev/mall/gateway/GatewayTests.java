package dev.mall.gateway;

import dev.mall.cli.access.LoginFlow;
import dev.mall.cli.access.LoginFlow.Program;
import dev.mall.testing.TestDatabase;
import java.net.URI;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The gateway with its database, some users and clients. */
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.name=gateway",
      "mall.gateway.keys.secret=" + GatewayTests.KEY_SECRET,
      "mall.gateway.rates.redis-url=",
      "mall.security.issuer=http://localhost:8080", // its own, in an environment that services
      // share
      "mall.web.operator.token=" + GatewayTests.OPERATOR_TOKEN,
      "mall.gateway.identity.users.ada.password=" + GatewayTests.PASSWORD,
      "mall.gateway.identity.users.ben.password=" + GatewayTests.PASSWORD,
      "mall.gateway.identity.users.mia.password=" + GatewayTests.PASSWORD,
      "mall.gateway.identity.users.mia.subject=merchant-1",
      "mall.gateway.identity.users.mia.roles=MERCHANT,AUDITOR",
      "mall.gateway.identity.clients.cli.redirect-uris=http://127.0.0.1/callback",
      "mall.gateway.identity.clients.shop.secret=" + GatewayTests.CLIENT_SECRET,
      "mall.gateway.identity.clients.shop.redirect-uris=http://127.0.0.1/callback",
      "mall.gateway.identity.clients.shop.logout-uris=http://127.0.0.1/goodbye",
      "mall.gateway.identity.clients.machine.secret=" + GatewayTests.CLIENT_SECRET,
      "mall.gateway.identity.clients.machine.roles=MERCHANT"
    })
public abstract class GatewayTests {

  protected static final String KEY_SECRET = "a secret of at least thirty-two characters";
  protected static final String OPERATOR_TOKEN = "let-monitoring-read";
  protected static final String PASSWORD = "correct-horse-battery";
  protected static final String CLIENT_SECRET = "a-secret-of-the-client";
  protected static final TestDatabase DATABASE = TestDatabase.create("gateway");

  @LocalServerPort protected int port;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry registry) {
    registry.add("spring.datasource.url", DATABASE::url);
    registry.add("spring.datasource.username", DATABASE::name);
    registry.add("spring.datasource.password", DATABASE::password);
  }

  protected URI gateway() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** A browser session of its own. */
  protected LoginFlow publicClient() {
    return new LoginFlow(gateway(), new Program("cli", "", callback()));
  }

  protected LoginFlow shop() {
    return new LoginFlow(gateway(), new Program("shop", CLIENT_SECRET, callback()));
  }

  protected static URI callback() {
    return URI.create("http://127.0.0.1/callback");
  }
}
