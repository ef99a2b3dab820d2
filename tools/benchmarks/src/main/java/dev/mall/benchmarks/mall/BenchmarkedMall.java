package dev.mall.benchmarks.mall;

import dev.mall.benchmarks.usage.UsageReader;
import dev.mall.cli.MallService;
import dev.mall.cli.Terminal;
import dev.mall.cli.access.Credentials;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.EmbeddedRedis;
import dev.mall.embedded.Place;
import dev.mall.embedded.process.Ports;
import dev.mall.embedded.process.ServerProcess;
import dev.mall.embedded.standalone.KafkaProcess;
import dev.mall.verifier.tables.DatabaseAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mall with one replica of each service; closing ends everything. */
public final class BenchmarkedMall implements AutoCloseable {

  private static final String KAFKA = "kafka";
  private static final String REDIS = "redis";
  private static final List<String> KAFKA_OPTIONS =
      List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx512m", "-Dmall.benchmarks.log=WARN");

  private static final String EVERY_MODE =
      Stream.of(CheckoutMode.values()).map(CheckoutMode::name).collect(Collectors.joining(","));

  /**
   * Settings that differ from the defaults. Fewer open orders than usual: the mall then refuses
   * orders soon under full load, and the number of open orders stays the same during a window. No
   * order is refused for payments that were declined before, since a workload declines all of them.
   */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "MALL_ORDERS_MAXOPEN",
          "2000",
          "MALL_ORDERS_DECLINEDPAYMENTS_ATMOST",
          "1000000",
          "MALL_CHECKOUT_MODES",
          EVERY_MODE);

  private final Path home;
  private final CallerIdentity identity;
  private final EmbeddedPostgres postgres;
  private final EmbeddedRedis redis;
  private final KafkaProcess kafka;
  private final String kafkaServers;
  private final Map<MallService, ServiceProcess> services = new EnumMap<>(MallService.class);

  private BenchmarkedMall(Path home, CallerIdentity identity) {
    this.home = home;
    this.identity = identity;
    postgres = new EmbeddedPostgres(Place.lasting(home.resolve("postgres"), 0));
    redis = new EmbeddedRedis(Place.lasting(home.resolve(REDIS), 0));
    int port = Ports.free();
    kafkaServers = "127.0.0.1:" + port;
    kafka =
        new KafkaProcess(
            KAFKA, home.resolve(KAFKA), KAFKA_OPTIONS, List.of(Integer.toString(port)));
  }

  /**
   * Starts servers and services, and returns when all are ready.
   *
   * @param root of the repository
   * @param home a new directory, for data and logs
   * @param identity whose issuer need not run yet
   */
  public static BenchmarkedMall start(
      Path root, Path home, CallerIdentity identity, Terminal terminal)
      throws InterruptedException {
    var mall = new BenchmarkedMall(home, identity);
    boolean started = false;
    try {
      mall.start(new ExtractedJars(root, home.resolveSibling("jars")), terminal);
      started = true;
      return mall;
    } finally {
      if (!started) {
        mall.close();
      }
    }
  }

  private void start(ExtractedJars jars, Terminal terminal) throws InterruptedException {
    long start = System.nanoTime();
    kafka.launch();
    postgres.start();
    redis.start();
    for (var service : MallService.values()) {
      postgres.createDatabase(service.database());
    }
    kafka.awaitReady();
    terminal.done("PostgreSQL, Kafka, Redis", since(start));
    start = System.nanoTime();
    for (var service : MallService.values()) {
      services.put(service, launch(service, jars.codeOf(service.title())));
    }
    for (var service : services.values()) {
      service.awaitReady();
    }
    terminal.done("five services", since(start));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private ServiceProcess launch(MallService service, List<String> code) {
    int port = Ports.free();
    var environment = new HashMap<String, String>();
    environment.put(service.variable("PORT"), Integer.toString(port));
    environment.put(service.variable("DB_URL"), postgres.jdbcUrl(service.database()));
    environment.put(service.variable("DB_USER"), service.database());
    environment.put(service.variable("DB_PASSWORD"), postgres.password());
    environment.putAll(identity.settings());
    environment.putAll(SETTINGS);
    return launch(service.title(), port, code, environment);
  }

  /**
   * Launches a process that uses this mall's servers, and returns before it is ready.
   *
   * @param settings of its own
   */
  ServiceProcess launch(String name, int port, List<String> code, Map<String, String> settings) {
    var environment = new HashMap<>(settings);
    environment.put("MALL_KAFKA_SERVERS", kafkaServers);
    environment.put("MALL_REDIS_URL", redis.url());
    environment.put("MALL_OPERATOR_TOKEN", CallerIdentity.OPERATOR_TOKEN);
    return ServiceProcess.launch(name, port, code, environment, home.resolve(name + ".log"));
  }

  /** By which the services know the benchmark's clients. */
  public Credentials credentials() {
    return identity.credentials();
  }

  public URI uri(MallService service) {
    return Objects.requireNonNull(services.get(service)).address();
  }

  ServerProcess process(MallService service) {
    return new ServerProcess(Objects.requireNonNull(services.get(service)).pid());
  }

  public EmbeddedPostgres postgres() {
    return postgres;
  }

  public DatabaseAddresses databases() {
    var addresses = new EnumMap<MallService, DatabaseAddresses.Address>(MallService.class);
    for (var service : MallService.values()) {
      addresses.put(
          service,
          new DatabaseAddresses.Address(
              postgres.jdbcUrl(service.database()), service.database(), postgres.password()));
    }
    return DatabaseAddresses.at(addresses);
  }

  /** A reader of the counters of all processes; holds a connection to Kafka for good. */
  public UsageReader usage() {
    var processes = new HashMap<String, Long>();
    services.forEach((service, process) -> processes.put(service.title(), process.pid()));
    processes.put(KAFKA, kafka.pid());
    processes.put(REDIS, redis.process().pid());
    return new UsageReader(
        processes,
        postgres.process().pid(),
        postgres.adminDataSource("postgres"),
        Arrays.stream(MallService.values()).map(MallService::database).toList(),
        new TopicOffsets(kafkaServers)::total);
  }

  @Override
  public void close() {
    services.values().forEach(ServiceProcess::askToEnd);
    var all = new ArrayList<AutoCloseable>(services.values());
    all.addAll(List.of(redis, kafka, postgres));
    Closing.all(all);
  }
}
