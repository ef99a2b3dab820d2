package dev.mall.benchmarks.floor;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.HttpOrderClient;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.mall.Closing;
import dev.mall.benchmarks.mall.ServiceProcess;
import dev.mall.benchmarks.measure.MeasuredSystem;
import dev.mall.benchmarks.measure.OrderCounts;
import dev.mall.benchmarks.measure.Workloads;
import dev.mall.benchmarks.usage.UsageReader;
import dev.mall.embedded.process.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Floor A: one Spring Boot service with a database of its own. */
public final class FloorSystem implements MeasuredSystem {

  private static final String SERVICE = "floor-service";

  private final FloorDatabase database;
  private final ServiceProcess service;

  private FloorSystem(FloorDatabase database, ServiceProcess service) {
    this.database = database;
    this.service = service;
  }

  /**
   * Starts the server and the service, and returns when both are ready.
   *
   * @param home a new directory, for data and logs
   */
  public static FloorSystem start(Path home) throws InterruptedException {
    var started = new ArrayList<AutoCloseable>();
    boolean ready = false;
    try {
      var database = new FloorDatabase(home.resolve("postgres"));
      started.add(database);
      database.start();
      var service = launch(database, home);
      started.addFirst(service);
      service.awaitReady();
      ready = true;
      return new FloorSystem(database, service);
    } finally {
      if (!ready) {
        Closing.all(started);
      }
    }
  }

  private static ServiceProcess launch(FloorDatabase database, Path home) {
    int port = Ports.free();
    return ServiceProcess.launch(
        SERVICE,
        port,
        List.of(
            "-Dmall.benchmarks.log=WARN",
            "-Dserver.port=" + port,
            "-Dserver.address=127.0.0.1",
            "-cp",
            System.getProperty("java.class.path"),
            FloorApplication.class.getName()),
        database.environment(),
        home.resolve(SERVICE + ".log"));
  }

  /** Floor A0, in this system's database. */
  public MeasuredSystem withoutService() {
    return new BareFloor(database);
  }

  /** The process ids of the service and of its database server. */
  List<Long> processes() {
    return List.of(service.pid(), usage().postgres());
  }

  URI address() {
    return service.address();
  }

  FloorDatabase database() {
    return database;
  }

  @Override
  public String name() {
    return Workloads.FLOOR_A;
  }

  @Override
  public void open(Assortment assortment) {
    database.open(assortment);
  }

  @Override
  public OrderClient client(Assortment assortment) {
    return new HttpOrderClient(
        service.address().resolve("/orders"), "", assortment, (_, _, _) -> {});
  }

  @Override
  public OrderCounts counts() throws SQLException {
    return database.counts();
  }

  @Override
  public UsageReader usage() {
    return database.usage(Map.of(SERVICE, service.pid()));
  }

  @Override
  public Optional<String> violations() {
    return database.violations();
  }

  @Override
  public void close() {
    Closing.all(List.of(service, database));
  }
}
