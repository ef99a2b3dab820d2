package dev.mall.benchmarks.mall;

import dev.mall.cli.Terminal;
import dev.mall.cli.access.ClientCredentials;
import dev.mall.cli.access.GatewaySettings;
import dev.mall.embedded.process.Ports;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A process of the gateway, the issuer of the tokens that the services behind it judge. Its address
 * is known before it runs.
 */
public final class BenchmarkedGateway implements AutoCloseable {

  static final String NAME = "gateway";

  /**
   * Settings that differ from the defaults. Each request is counted in Redis, by address and by
   * subject, as usual; the limits are above any load, for all orders come from one address and one
   * program. A token lasts longer than a run.
   */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "MALL_GATEWAY_RATES_ADDRESSBURST", "1000000",
          "MALL_GATEWAY_RATES_ADDRESSPER", "1ms",
          "MALL_GATEWAY_RATES_SUBJECTBURST", "1000000",
          "MALL_GATEWAY_RATES_SUBJECTPER", "1ms",
          "MALL_GATEWAY_IDENTITY_TOKENLIFETIME", "12h");

  private final URI address = URI.create("http://127.0.0.1:" + Ports.free());
  private final String secret = UUID.randomUUID().toString();
  private @Nullable ServiceProcess process;

  URI address() {
    return address;
  }

  /** That of services which judge its tokens. */
  CallerIdentity identity() {
    return CallerIdentity.byTokens(address, new ClientCredentials(address, _ -> secret));
  }

  /** Returns when it is ready. */
  void start(BenchmarkedMall mall, ExtractedJars jars, Terminal terminal)
      throws InterruptedException {
    long start = System.nanoTime();
    mall.postgres().createDatabase(GatewaySettings.DATABASE);
    var launched = mall.launch(NAME, address.getPort(), jars.codeOf(NAME), settings(mall));
    process = launched;
    launched.awaitReady();
    terminal.done(NAME, Duration.ofNanos(System.nanoTime() - start));
  }

  private Map<String, String> settings(BenchmarkedMall mall) {
    var settings =
        new HashMap<>(
            GatewaySettings.addresses(
                address,
                mall::uri,
                mall.postgres().jdbcUrl(GatewaySettings.DATABASE),
                mall.postgres().password()));
    GatewaySettings.programs(_ -> secret)
        .forEach((property, value) -> settings.put(variable(property), value));
    settings.put("MALL_GATEWAY_KEY_SECRET", secret);
    settings.put("MALL_SECURITY_ISSUER", address.toString()); // also where the shell has another
    settings.putAll(SETTINGS);
    return settings;
  }

  /** The environment variable of a property, by Spring Boot's rule. */
  static String variable(String property) {
    return property.replace(".", "_").replace("-", "").toUpperCase(Locale.ROOT);
  }

  long pid() {
    return Objects.requireNonNull(process, "the gateway was not started").pid();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
