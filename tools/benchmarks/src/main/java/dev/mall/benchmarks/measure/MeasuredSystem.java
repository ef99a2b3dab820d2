package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.usage.UsageReader;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** A running system that takes orders: the mall or a yardstick. Closing ends its processes. */
public interface MeasuredSystem extends AutoCloseable {

  /** The name in reports and in {@link WorkloadDefinition#systems}. */
  String name();

  /** Returns when every order of the assortment can be placed. */
  void open(Assortment assortment) throws SQLException, InterruptedException;

  OrderClient client(Assortment assortment);

  OrderCounts counts() throws SQLException;

  UsageReader usage();

  /** Waits until no order is open, and returns the violations found in its data. */
  Optional<String> violations() throws SQLException, IOException, InterruptedException;

  /** Whether it refuses orders with 503 once it has enough open ones. */
  default boolean shedsLoad() {
    return false;
  }

  /**
   * The system whose orders warm up this one: itself, or one that has the same processes and more,
   * and the same data.
   */
  default MeasuredSystem warmedUpBy() {
    return this;
  }

  @Override
  void close();
}
