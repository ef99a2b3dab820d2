package dev.mall.launcher.suite;

import dev.mall.cli.MallService;
import dev.mall.cli.access.GatewaySettings;
import dev.mall.embedded.process.Ports;
import dev.mall.gateway.GatewayApplication;
import java.net.URI;
import java.util.HashMap;
import java.util.function.Function;
import org.springframework.boot.Banner;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the gateway in front of services that run. */
final class GatewayStart {

  private GatewayStart() {}

  static ConfigurableApplicationContext run(
      SuiteSettings plan,
      URI address,
      EmbeddedServers servers,
      Function<MallService, URI> addresses) {
    var settings = new HashMap<>(plan.gateway());
    var postgres = servers.postgres();
    settings.putAll(
        GatewaySettings.addresses(
            address, addresses, postgres.jdbcUrl(GatewaySettings.DATABASE), postgres.password()));
    settings.put("mall.security.issuer", address.toString()); // also where the shell has another
    settings.put("MALL_REDIS_URL", servers.redis().url());
    settings.put("MALL_OPERATOR_TOKEN", plan.operatorToken());
    settings.put("server.address", "127.0.0.1");
    settings.put("mall.web.stop-within", "10m"); // ends this JVM, which stops the servers last
    return GatewayApplication.application()
        .registerShutdownHook(false)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .run(
            settings.entrySet().stream()
                .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                .toArray(String[]::new));
  }

  /**
   * Where it will listen, and what its tokens name as their issuer: on the base itself, which the
   * services leave free, or on another port if a process listens there.
   */
  static URI address(int base) {
    int port = base != 0 && Ports.isFree(base) ? base : Ports.free();
    return URI.create("http://127.0.0.1:" + port);
  }
}
