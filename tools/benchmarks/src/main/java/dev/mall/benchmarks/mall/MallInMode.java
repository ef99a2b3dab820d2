package dev.mall.benchmarks.mall;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.measure.FreezableSystem;
import dev.mall.benchmarks.measure.OrderCounts;
import dev.mall.benchmarks.measure.Workloads;
import dev.mall.benchmarks.usage.UsageReader;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.embedded.process.ServerProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** The same mall when all orders follow one checkout mode. */
final class MallInMode implements FreezableSystem {

  private final MallSystem mall;
  private final CheckoutMode mode;

  MallInMode(MallSystem mall, CheckoutMode mode) {
    this.mall = mall;
    this.mode = mode;
  }

  @Override
  public String name() {
    return Workloads.mallIn(mode);
  }

  @Override
  public void open(Assortment assortment) throws InterruptedException {
    mall.open(assortment);
  }

  @Override
  public OrderClient client(Assortment assortment) {
    return mall.client(assortment, "Mall-Checkout: %s\r\n".formatted(mode));
  }

  @Override
  public OrderClient bystander(Assortment assortment) {
    return mall.bystander(assortment);
  }

  @Override
  public ServerProcess process(MallService service) {
    return mall.process(service);
  }

  @Override
  public OrderCounts counts() throws SQLException {
    return mall.counts();
  }

  @Override
  public UsageReader usage() {
    return mall.usage();
  }

  @Override
  public Optional<String> violations() throws SQLException, IOException, InterruptedException {
    return mall.violations();
  }

  /** The mall runs on. */
  @Override
  public void close() {}
}
