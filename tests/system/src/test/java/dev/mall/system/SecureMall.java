package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.chaos.shop.ShopClient;
import dev.mall.cli.HttpReply;
import dev.mall.cli.MallService;
import dev.mall.cli.access.Credentials;
import dev.mall.embedded.EmbeddedKafka;
import dev.mall.embedded.EmbeddedRedis;
import dev.mall.embedded.Place;
import dev.mall.embedded.process.Ports;
import dev.mall.inventory.InventoryApplication;
import dev.mall.notification.NotificationApplication;
import dev.mall.order.OrderApplication;
import dev.mall.payment.PaymentApplication;
import dev.mall.saga.SagaApplication;
import dev.mall.testing.TestDatabase;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.VerifierSettings;
import dev.mall.verifier.accepted.Journal;
import dev.mall.verifier.tables.DatabaseAddresses;
import dev.mall.verifier.tables.DatabaseAddresses.Address;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The five services with the profile {@code secure}, in this JVM, and a Kafka and a Redis of their
 * own with TLS; Kafka grants each service the rights of docker/kafka/rights.txt alone.
 */
final class SecureMall implements AutoCloseable {

  private static final Path DOCKER = OpenMall.REPOSITORY.resolve("docker");
  private static final String OPERATOR_TOKEN = "operator-of-a-test";

  final Path certificates;
  final EmbeddedKafka kafka;
  final ShopClient shop;
  private final EmbeddedRedis redis;
  private final String redisUrl;
  private final Path accepted;
  private final Journal journal;
  private final Map<MallService, TestDatabase> databases = new EnumMap<>(MallService.class);
  private final Map<MallService, ConfigurableApplicationContext> services =
      new EnumMap<>(MallService.class);

  private SecureMall(Path home) throws Exception {
    certificates = certificates(home.resolve("tls"));
    kafka = new EmbeddedKafka(Place.temporary(), kafkaSettings());
    int redisPort = Ports.free();
    redis = new EmbeddedRedis(Place.temporary(), redisOptions(redisPort));
    redisUrl = "rediss://127.0.0.1:" + redisPort;
    accepted = home.resolve("accepted.jsonl");
    journal = Journal.open(accepted);
    shop = new ShopClient(this::uri, Credentials.withoutIssuer(OPERATOR_TOKEN), journal);
  }

  /** Returns when every service has started. */
  static SecureMall open(Path home) throws Exception {
    var mall = new SecureMall(home);
    try {
      mall.kafka.start();
      mall.redis.start();
      try (var admin = Admin.create(mall.clientOf("kafka-admin"))) {
        admin.createAcls(rights()).all().get();
      }
      for (var service : MallService.values()) {
        mall.databases.put(service, TestDatabase.create("secure_" + service.database()));
        mall.services.put(service, mall.start(service));
      }
      return mall;
    } catch (Exception | AssertionError e) {
      mall.close();
      throw e;
    }
  }

  /** A new authority and its certificates, by the script that compose uses. */
  static Path certificates(Path directory) throws IOException, InterruptedException {
    var script = DOCKER.resolve("certificates").toString();
    var log = Files.createTempFile(directory.getParent(), "certificates", ".log").toFile();
    int exit =
        new ProcessBuilder(script, directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start()
            .waitFor();
    assertThat(exit).as(() -> read(log.toPath())).isZero();
    return directory;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** The rights of docker/kafka/rights.txt. */
  static List<AclBinding> rights() throws IOException {
    try (var lines = Files.lines(DOCKER.resolve("kafka/rights.txt"))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" +"))
          .map(cells -> right(cells[0], cells[1], cells[2], cells[3]))
          .toList();
    }
  }

  private static AclBinding right(String service, String operation, String type, String name) {
    boolean prefixed = name.endsWith("*");
    return new AclBinding(
        new ResourcePattern(
            ResourceType.fromString(type),
            prefixed ? name.substring(0, name.length() - 1) : name,
            prefixed ? PatternType.PREFIXED : PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + service, "*", AclOperation.fromString(operation), AclPermissionType.ALLOW));
  }

  /** Settings of a Kafka client with the certificate of {@code name}. */
  Map<String, Object> clientOf(String name) {
    var settings = new HashMap<>(clientWithoutCertificate());
    settings.put("ssl.keystore.type", "PEM");
    settings.put("ssl.keystore.location", file(name, "keystore.pem"));
    return settings;
  }

  Map<String, Object> clientWithoutCertificate() {
    return Map.of(
        "bootstrap.servers", kafka.bootstrapServers(),
        "security.protocol", "SSL",
        "ssl.truststore.type", "PEM",
        "ssl.truststore.location", file("kafka", "ca.crt"),
        "max.block.ms", "10000",
        "request.timeout.ms", "5000",
        "default.api.timeout.ms", "10000");
  }

  private String file(String owner, String name) {
    return certificates.resolve(owner).resolve(name).toString();
  }

  private Map<String, String> kafkaSettings() {
    return Map.ofEntries(
        Map.entry("listener.security.protocol.map", "BROKER:SSL,INTERNAL:SSL,CONTROLLER:SSL"),
        Map.entry("ssl.keystore.type", "PEM"),
        Map.entry("ssl.keystore.location", file("kafka", "keystore.pem")),
        Map.entry("ssl.truststore.type", "PEM"),
        Map.entry("ssl.truststore.location", file("kafka", "ca.crt")),
        Map.entry("ssl.client.auth", "required"),
        Map.entry("ssl.principal.mapping.rules", "RULE:^CN=([a-z-]+)$/$1/"),
        Map.entry(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        Map.entry("super.users", "User:kafka;User:kafka-admin"),
        Map.entry("early.start.listeners", "CONTROLLER"),
        Map.entry("auto.create.topics.enable", "false"));
  }

  private List<String> redisOptions(int port) {
    return List.of(
        "--tls-port",
        Integer.toString(port),
        "--tls-cert-file",
        file("redis", "tls.crt"),
        "--tls-key-file",
        file("redis", "tls.key"),
        "--tls-ca-cert-file",
        file("redis", "ca.crt"),
        "--tls-auth-clients",
        "no");
  }

  private ConfigurableApplicationContext start(MallService service) {
    var settings = new HashMap<String, String>();
    settings.put("spring.profiles.active", "secure");
    settings.put("MALL_TLS_DIRECTORY", certificates.resolve(service.title()).toString());
    settings.put("MALL_KAFKA_SERVERS", kafka.bootstrapServers());
    settings.put("MALL_REDIS_URL", redisUrl);
    settings.put("MALL_OPERATOR_TOKEN", OPERATOR_TOKEN);
    settings.put("mall.checkout.modes", "SAGA,TCC,CHOREOGRAPHY,TWO_PHASE");
    settings.put("server.port", "0");
    var database = databaseOf(service);
    settings.put("spring.datasource.url", database.url());
    settings.put("spring.datasource.username", database.name());
    settings.put("spring.datasource.password", database.password());
    return application(service)
        .run(
            settings.entrySet().stream()
                .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                .toArray(String[]::new));
  }

  private static SpringApplicationBuilder application(MallService service) {
    return switch (service) {
      case ORDER -> OrderApplication.application();
      case INVENTORY -> InventoryApplication.application();
      case PAYMENT -> PaymentApplication.application();
      case NOTIFICATION -> NotificationApplication.application();
      case SAGA -> SagaApplication.application();
    };
  }

  TestDatabase databaseOf(MallService service) {
    return Objects.requireNonNull(databases.get(service));
  }

  URI uri(MallService service) {
    var port =
        Objects.requireNonNull(services.get(service))
            .getEnvironment()
            .getRequiredProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Places an order until it is accepted, with one key. */
  String accept(RequestedOrder order) {
    var key = UUID.randomUUID().toString();
    var reply = OpenMall.soon().until(() -> shop.place(order, key), HttpReply::isSuccess);
    var id = reply.text("id");
    journal.accepted(order.customer(), key, id);
    return id;
  }

  /** Waits until nothing is under way, and lets the verifier judge every order. */
  void assertSound() throws Exception {
    var addresses =
        DatabaseAddresses.at(
            databases.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> addressOf(it.getValue()))));
    var settings = VerifierSettings.USUAL.waiting(OpenMall.SETTLE).accepted(accepted);

    var report = new Verifier(addresses, settings).verify();

    assertThat(report.isSound()).as("%s", report).isTrue();
  }

  private static Address addressOf(TestDatabase database) {
    return new Address(database.url(), database.name(), database.password());
  }

  @Override
  public void close() {
    try (kafka;
        redis;
        journal) {
      services.values().forEach(ConfigurableApplicationContext::close);
    }
  }
}
