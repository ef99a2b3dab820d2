package dev.mall.benchmarks.floor;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.measure.MeasuredSystem;
import dev.mall.benchmarks.measure.OrderCounts;
import dev.mall.benchmarks.measure.Workloads;
import dev.mall.benchmarks.usage.UsageReader;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * Floor A0: the statements of floor A, sent by the load generator itself, so that only PostgreSQL's
 * CPU time counts.
 */
final class BareFloor implements MeasuredSystem {

  /** Clients at once, whatever the workload says. */
  private static final int CLIENTS = 8;

  private final FloorDatabase database;

  BareFloor(FloorDatabase database) {
    this.database = database;
  }

  @Override
  public String name() {
    return Workloads.FLOOR_A0;
  }

  @Override
  public void open(Assortment assortment) {
    database.open(assortment);
  }

  @Override
  public OrderClient client(Assortment assortment) {
    return new JdbcOrderClient(database, assortment, CLIENTS);
  }

  @Override
  public OrderCounts counts() throws SQLException {
    return database.counts();
  }

  @Override
  public UsageReader usage() {
    return database.usage(Map.of());
  }

  @Override
  public Optional<String> violations() {
    return database.violations();
  }

  /** The database belongs to floor A. */
  @Override
  public void close() {}
}
