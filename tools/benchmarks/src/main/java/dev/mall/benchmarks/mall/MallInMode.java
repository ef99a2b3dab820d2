package dev.mall.benchmarks.mall;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.measure.FreezableSystem;
import dev.mall.benchmarks.measure.Workloads;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.embedded.process.ServerProcess;

/** The same mall when all orders follow one checkout mode. */
final class MallInMode extends MallView implements FreezableSystem {

  private final CheckoutMode mode;

  MallInMode(MallSystem mall, CheckoutMode mode) {
    super(Workloads.mallIn(mode), mall);
    this.mode = mode;
  }

  @Override
  public OrderClient client(Assortment assortment) {
    return mall().client(assortment, "Mall-Checkout: %s\r\n".formatted(mode));
  }

  @Override
  public OrderClient bystander(Assortment assortment) {
    return mall().bystander(assortment);
  }

  @Override
  public ServerProcess process(MallService service) {
    return mall().process(service);
  }
}
