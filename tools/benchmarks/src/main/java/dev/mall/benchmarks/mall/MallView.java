package dev.mall.benchmarks.mall;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.measure.MeasuredSystem;
import dev.mall.benchmarks.measure.OrderCounts;
import dev.mall.benchmarks.usage.UsageReader;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** The processes and the data of a mall under a name of its own. */
class MallView implements MeasuredSystem {

  private final String name;
  private final MallSystem mall;

  MallView(String name, MallSystem mall) {
    this.name = name;
    this.mall = mall;
  }

  MallSystem mall() {
    return mall;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void open(Assortment assortment) throws InterruptedException {
    mall.open(assortment);
  }

  @Override
  public OrderClient client(Assortment assortment) {
    return mall.client(assortment);
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

  @Override
  public boolean shedsLoad() {
    return mall.shedsLoad();
  }

  /** The mall runs on. */
  @Override
  public void close() {}
}
