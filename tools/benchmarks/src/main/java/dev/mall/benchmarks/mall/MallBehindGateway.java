package dev.mall.benchmarks.mall;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.measure.MeasuredSystem;
import dev.mall.benchmarks.measure.Workloads;
import dev.mall.benchmarks.usage.UsageReader;
import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.Terminal;
import dev.mall.cli.access.GatewaySettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A mall whose services judge the tokens of its gateway, asked through the gateway. */
public final class MallBehindGateway extends MallView {

  private static final JsonHttpClient HTTP =
      new JsonHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final BenchmarkedGateway gateway;

  private MallBehindGateway(MallSystem mall, BenchmarkedGateway gateway) {
    super(Workloads.GATEWAY, mall);
    this.gateway = gateway;
  }

  /**
   * Starts servers, services and gateway, and returns when all are ready.
   *
   * @param root of the repository
   * @param home a new directory, for data and logs
   */
  public static MallBehindGateway start(Path root, Path home, Terminal terminal)
      throws InterruptedException {
    var gateway = new BenchmarkedGateway();
    var mall = MallSystem.start(Workloads.TOKENS, root, home, gateway.identity(), terminal);
    var behindGateway = new MallBehindGateway(mall, gateway);
    boolean started = false;
    try {
      gateway.start(mall.running(), new ExtractedJars(root, home.resolveSibling("jars")), terminal);
      behindGateway.requireTokens();
      started = true;
      return behindGateway;
    } finally {
      if (!started) {
        behindGateway.close();
      }
    }
  }

  /** Services that ask for no token would make the figures of open services those of these. */
  private void requireTokens() {
    for (var orders : List.of(mall().orders(), orders())) {
      HTTP.get(URI.create(orders + "?customerId=bench-probe"), Map.of()).expect(401);
    }
  }

  private URI orders() {
    return gateway.address().resolve("/api/orders");
  }

  /**
   * The same services asked directly, with tokens of the same gateway. Orders through the gateway
   * warm them up as well: orders of their own would be twice as many as those of a mall without
   * tokens.
   */
  public MeasuredSystem direct() {
    return new MallView(mall().name(), mall()) {
      @Override
      public MeasuredSystem warmedUpBy() {
        return MallBehindGateway.this;
      }
    };
  }

  @Override
  public OrderClient client(Assortment assortment) {
    return mall().client(orders(), assortment, "");
  }

  @Override
  public UsageReader usage() {
    return mall().usage().with(BenchmarkedGateway.NAME, gateway.pid(), GatewaySettings.DATABASE);
  }

  @Override
  public void close() {
    Closing.all(List.of(gateway, mall()));
  }
}
