package dev.mall.chaos.mall;

import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.embedded.process.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which services run, and how.
 *
 * @param root of the repository, where the services' jars are built
 * @param doubled services that have two replicas; the others have one
 * @param brokers of Kafka, 1 or 3
 * @param settings additional environment variables of every service
 * @param release that the services begin with; empty is today's code
 */
public record Topology(
    Path root,
    Set<MallService> doubled,
    int brokers,
    Map<String, String> settings,
    Optional<Release> release) {

  private static final String OPERATOR_TOKEN = "let-the-operator-in";

  /** How often an order without an orchestrator is announced before it is abandoned. */
  public static final String ANNOUNCEMENTS = "MALL_CHECKOUT_CHOREOGRAPHY_ANNOUNCEMENTS";

  /** After more declined payments of one customer in a minute, further orders are refused. */
  private static final String DECLINED_PAYMENTS = "MALL_ORDERS_DECLINEDPAYMENTS_ATMOST";

  /**
   * Times short enough to be passed often. No outage of the suite's lasts until an order is
   * abandoned, after four and a half minutes.
   */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          ANNOUNCEMENTS,
          "15",
          "SPRING_APPLICATION_JSON",
          """
          {"mall": {
            "orders": {"announce-again-after": "5s", "announce-again-at-most": "20s",
              "announce-every": "1s"},
            "inventory": {"hold": "6s", "sweep-at-most": "2s"},
            "two-phase": {"ask-after": "5s"},
            "saga": {"place-order": {"steps": {
              "reserve": {"timeout": "3s"}, "pay": {"timeout": "3s"},
              "commit": {"timeout": "3s"}, "confirm": {"timeout": "3s"},
              "notify": {"timeout": "3s"}, "release": {"timeout": "3s"},
              "refund": {"timeout": "3s"}, "cancel": {"timeout": "3s"}}},
              "try-confirm-cancel": {"steps": {
              "reserve": {"timeout": "3s"}, "authorize": {"timeout": "3s"},
              "commit": {"timeout": "3s"}, "capture": {"timeout": "3s"},
              "confirm": {"timeout": "3s"}, "notify": {"timeout": "3s"},
              "release": {"timeout": "3s"}, "void": {"timeout": "3s"},
              "cancel": {"timeout": "3s"}}},
              "two-phase": {"steps": {
              "prepare-stock": {"timeout": "3s"}, "prepare-payment": {"timeout": "3s"},
              "commit-stock": {"timeout": "3s"}, "commit-payment": {"timeout": "3s"},
              "confirm": {"timeout": "3s"}, "notify": {"timeout": "3s"},
              "roll-back-stock": {"timeout": "3s"}, "roll-back-payment": {"timeout": "3s"},
              "cancel": {"timeout": "3s"}}}}}}
          """);

  /** The first is that of a request that names none. */
  private static final String EVERY_MODE =
      Arrays.stream(CheckoutMode.values()).map(CheckoutMode::name).collect(Collectors.joining(","));

  /**
   * Two replicas of those that share work by leases and locks. One customer of the workload has too
   * little money for any order.
   */
  public static Topology usual(Path root) {
    return new Topology(
            root,
            EnumSet.of(MallService.INVENTORY, MallService.SAGA),
            1,
            IMPATIENT,
            Optional.empty())
        .acceptingAfterDeclines();
  }

  /** One replica of each service, with the times that services have by default. */
  public static Topology unhurried(Path root) {
    return new Topology(root, Set.of(), 1, Map.of(), Optional.empty());
  }

  /** Two replicas of these and no others. */
  public Topology doubling(MallService... services) {
    return new Topology(root, Set.of(services), brokers, settings, release);
  }

  /** Where orders are accepted however many payments of their customer were declined. */
  public Topology acceptingAfterDeclines() {
    return with(DECLINED_PAYMENTS, "1000000");
  }

  /** Whose services get this environment variable. */
  public Topology with(String name, String value) {
    var all = new HashMap<>(settings);
    all.put(name, value);
    return new Topology(root, doubled, brokers, Map.copyOf(all), release);
  }

  /** With the given number of Kafka brokers. */
  public Topology withBrokers(int number) {
    return new Topology(root, doubled, number, settings, release);
  }

  /** Whose services begin with another release. */
  public Topology beginningWith(Release other) {
    return new Topology(root, doubled, brokers, settings, Optional.of(other));
  }

  /** Of all replicas. */
  public List<String> names() {
    return Arrays.stream(MallService.values()).flatMap(this::namesOf).toList();
  }

  private Stream<String> namesOf(MallService service) {
    return doubled.contains(service)
        ? Stream.of(service.title() + "-1", service.title() + "-2")
        : Stream.of(service.title());
  }

  List<ServiceReplica> createReplicas(Mall mall) {
    var instrumented = new JarInstrumenter(root).instrument();
    var replicas = new ArrayList<ServiceReplica>();
    for (var service : MallService.values()) {
      var its = Objects.requireNonNull(instrumented.get(service));
      namesOf(service).map(name -> replica(mall, service, its, name)).forEach(replicas::add);
    }
    return replicas;
  }

  private ServiceReplica replica(
      Mall mall, MallService service, InstrumentedService instrumented, String name) {
    int port = Ports.free();
    var process = new ProcessBuilder().redirectErrorStream(true);
    process.redirectOutput(
        ProcessBuilder.Redirect.appendTo(mall.home().resolve(name + ".log").toFile()));
    var environment = process.environment();
    var its = "MALL_%s_".formatted(service);
    environment.put(its + "PORT", Integer.toString(port));
    environment.put(
        its + "DB_URL",
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                HostsFile.POSTGRES,
                mall.databaseProxyOf(service).port(),
                Mall.databaseOf(service)));
    environment.put(its + "DB_USER", Mall.databaseOf(service));
    environment.put(its + "DB_PASSWORD", mall.postgres().password());
    environment.put("MALL_KAFKA_SERVERS", mall.kafka().servers(HostsFile.KAFKA));
    environment.put("MALL_REDIS_URL", "redis://127.0.0.1:" + mall.redisProxy().port());
    environment.put("MALL_OPERATOR_TOKEN", OPERATOR_TOKEN);
    environment.put("MALL_SECURITY_ISSUER", mall.issuer().address().toString());
    environment.put("MALL_CHECKOUT_MODES", EVERY_MODE);
    environment.putAll(settings);
    var replica = new ServiceReplica(service, name, port, instrumented, process, mall.home());
    replica.deploy(release.map(it -> it.of(service)));
    return replica;
  }
}
