package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.cli.MallService;
import dev.mall.embedded.process.ServerProcess;

/** A system whose services can stand still, one at a time. */
public interface FreezableSystem extends MeasuredSystem {

  ServerProcess process(MallService service);

  /** A client that needs the products of the orders, and neither their saga nor their payment. */
  OrderClient bystander(Assortment assortment);
}
