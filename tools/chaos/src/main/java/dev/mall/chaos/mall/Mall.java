package dev.mall.chaos.mall;

import dev.mall.cli.MallService;
import dev.mall.cli.Polling;
import dev.mall.cli.access.Credentials;
import dev.mall.cli.access.EmbeddedIssuer;
import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.EmbeddedRedis;
import dev.mall.embedded.Place;
import dev.mall.embedded.process.Ports;
import dev.mall.verifier.tables.DatabaseAddresses;
import dev.mall.verifier.tables.DatabaseAddresses.Address;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Real servers and services, each a process of its own, behind proxies that can break connections.
 */
public final class Mall implements AutoCloseable {

  /** For all of them at once on a busy machine; two quiet cores need half a minute. */
  private static final Duration START = Duration.ofMinutes(15);

  /** Each cache takes ten seconds or so of a core. */
  private static final Duration TRAINING = Duration.ofMinutes(10);

  private final Path home;
  private final EmbeddedIssuer issuer = EmbeddedIssuer.start();
  private final Credentials credentials = issuer.credentials();
  private final EmbeddedPostgres postgres;
  private final EmbeddedRedis redis;
  private final KafkaCluster kafka;
  private final Optional<FakeTime> postgresTime;
  private final Map<MallService, TcpProxy> databaseProxies = new EnumMap<>(MallService.class);
  private final TcpProxy redisProxy;
  private final List<ServiceReplica> replicas = new ArrayList<>();

  private Mall(Path home, Topology topology) {
    this.home = home;
    postgresTime =
        FakeTime.findLibrary()
            .map(library -> FakeTime.keptIn(home.resolve("postgres-clock"), library));
    postgres =
        new EmbeddedPostgres(
            Place.lasting(home.resolve("postgres"), Ports.free()),
            postgresTime.map(FakeTime::environment).orElse(Map.of()));
    redis = new EmbeddedRedis(Place.lasting(home.resolve("redis"), Ports.free()));
    kafka = new KafkaCluster(home, topology.brokers());
    redisProxy = new TcpProxy("Redis", Ports.free(), redis::port);
    for (var service : MallService.values()) {
      databaseProxies.put(service, new TcpProxy(databaseOf(service), Ports.free(), postgres::port));
    }
  }

  /**
   * Starts the servers.
   *
   * @param home a new directory, for data and logs
   */
  public static Mall open(Path home, Topology topology) {
    var mall = new Mall(home, topology);
    try {
      mall.postgres.start();
      mall.redis.start();
      mall.kafka.start();
      if (topology.brokers() > 1) {
        PartitionLayout.create(mall.kafkaServers());
      }
      for (var service : MallService.values()) {
        mall.postgres.createDatabase(databaseOf(service));
      }
      mall.replicas.addAll(topology.createReplicas(mall));
      return mall;
    } catch (RuntimeException e) {
      mall.close();
      throw e;
    }
  }

  /** Whose tokens the services accept. */
  EmbeddedIssuer issuer() {
    return issuer;
  }

  /** By which the services know the suite's clients. */
  public Credentials credentials() {
    return credentials;
  }

  public Path home() {
    return home;
  }

  public EmbeddedPostgres postgres() {
    return postgres;
  }

  public EmbeddedRedis redis() {
    return redis;
  }

  /** PostgreSQL's clock; empty if there is no library to set it wrong. */
  public Optional<FakeTime> postgresTime() {
    return postgresTime;
  }

  public KafkaCluster kafka() {
    return kafka;
  }

  public TcpProxy databaseProxyOf(MallService service) {
    return Objects.requireNonNull(databaseProxies.get(service));
  }

  /** That of the only broker. */
  public TcpProxy kafkaProxy() {
    return kafka.broker(1).proxy();
  }

  public TcpProxy redisProxy() {
    return redisProxy;
  }

  public List<ServiceReplica> replicas() {
    return List.copyOf(replicas);
  }

  public List<String> names() {
    return replicas.stream().map(ServiceReplica::name).toList();
  }

  public List<ServiceReplica> replicasOf(MallService service) {
    return replicas.stream().filter(replica -> replica.service() == service).toList();
  }

  public ServiceReplica replica(String name) {
    return replicas.stream()
        .filter(replica -> replica.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no " + name));
  }

  /** Any replica: a retry may reach another. */
  public URI uri(MallService service) {
    var all = replicasOf(service);
    return all.get(ThreadLocalRandom.current().nextInt(all.size())).uri();
  }

  private List<ServiceReplica> firstReplicas() {
    return Arrays.stream(MallService.values()).map(it -> replicasOf(it).getFirst()).toList();
  }

  /**
   * Once for each build: services start twice as fast after this, from what the JVM of their first
   * start has kept.
   */
  public void train() throws InterruptedException {
    var untrained = firstReplicas().stream().filter(it -> !it.isTrained()).toList();
    untrained.forEach(ServiceReplica::startTraining);
    awaitReady(untrained);
    end(untrained, TRAINING);
    untrained.forEach(ServiceReplica::keepTraining);
  }

  /** Asks these to end (SIGTERM), and waits until they have. */
  public static void end(List<ServiceReplica> some, Duration atMost) throws InterruptedException {
    var ending = some.stream().map(ServiceReplica::askToEnd).toList();
    Polling.require(
        atMost,
        () -> ending.stream().noneMatch(Process::isAlive),
        () -> "%s did not end on SIGTERM".formatted(some));
  }

  /** Starts a replica of each service, and the others when these are ready. */
  public void awaitOpen() throws InterruptedException {
    awaitReady(firstReplicas());
    restartEnded();
  }

  /** Starts those that have ended, or were not started yet, as a platform would. */
  public void restartEnded() {
    replicas.forEach(ServiceReplica::start);
  }

  /** Names of replicas that ended unasked after they had been ready. */
  public List<String> endedByThemselves() {
    return replicas.stream().filter(it -> it.endsByItself() > 0).map(ServiceReplica::name).toList();
  }

  /** Starts every replica that does not run, and waits until all are ready. */
  public void awaitReady() throws InterruptedException {
    awaitReady(replicas);
  }

  private static void awaitReady(List<ServiceReplica> some) throws InterruptedException {
    for (var replica : some) {
      Polling.require(
          START,
          () -> {
            some.forEach(ServiceReplica::start);
            return replica.isReady();
          },
          () -> replica.name() + " is not ready");
    }
  }

  public String kafkaServers() {
    return kafka.servers("127.0.0.1");
  }

  /** Bypasses the proxies: queries of the suite must not fail by its own faults. */
  public DatabaseAddresses databases() {
    return DatabaseAddresses.at(
        Arrays.stream(MallService.values())
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    service ->
                        new Address(
                            postgres.jdbcUrl(databaseOf(service)),
                            databaseOf(service),
                            postgres.password()))));
  }

  /** As the superuser. */
  public Connection connect(MallService service) throws SQLException {
    return postgres.adminDataSource(databaseOf(service)).getConnection();
  }

  static String databaseOf(MallService service) {
    return "mall_" + service.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    replicas.forEach(ServiceReplica::close);
    redis.close();
    kafka.close();
    postgres.close();
    databaseProxies.values().forEach(TcpProxy::close);
    redisProxy.close();
    issuer.close();
  }
}
