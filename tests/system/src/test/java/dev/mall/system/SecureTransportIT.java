package dev.mall.system;

import static dev.mall.system.OpenMall.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * With certificates, and with no more rights on topics than docker/kafka/rights.txt gives, services
 * do all their work, and none can send another's messages.
 */
@Tag("long")
class SecureTransportIT {

  private static final int PRICE = 100;

  private static Path home;
  private static List<AclBinding> rights;
  private static SecureMall mall;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    home = directory;
    rights = SecureMall.rights();
    mall = SecureMall.open(directory);
    mall.shop.offer("tea", PRICE, 1_000);
    mall.shop.deposit("ada", 1_000 * PRICE);
  }

  @AfterAll
  static void close() {
    mall.close();
  }

  @AfterEach
  void everythingAddsUp() throws Exception {
    mall.assertSound();
  }

  @ParameterizedTest
  @EnumSource
  void ordersAreConfirmed(CheckoutMode mode) {
    var id = accept(mode);

    soon().until(() -> statusOf(id), "CONFIRMED"::equals);
  }

  @Test
  void locksAreTakenByTls() {
    var http = new JsonHttpClient(Duration.ofSeconds(2), Duration.ofSeconds(15));

    soon()
        .untilAsserted(() ->
            assertThat(
                    http.get(mall.uri(MallService.INVENTORY).resolve("/actuator/health"), Map.of()))
                .asString()
                .contains("\"locks\":{\"status\":\"UP\""));
  }

  @ParameterizedTest
  @EnumSource
  void aServiceHasItsRightsAndNoOthers(MallService service) throws Exception {
    var topics = Topics.ALL.stream().flatMap(it -> Stream.of(it, Topics.deadLettersOf(it)));
    var expected =
        topics.collect(Collectors.toMap(topic -> topic, topic -> expected(service, topic)));

    try (var admin = Admin.create(mall.clientOf(service.title()))) {
      var granted = new HashMap<String, Set<AclOperation>>();
      admin
          .describeTopics(
              expected.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
          .allTopicNames()
          .get()
          .forEach((name, topic) -> granted.put(name, topic.authorizedOperations()));

      assertThat(granted).isEqualTo(expected);
    }
  }

  private static Set<AclOperation> expected(MallService service, String topic) {
    return rights.stream()
        .filter(right -> right.entry().principal().equals("User:" + service.title()))
        .filter(right -> isOf(topic, right))
        .map(right -> right.entry().operation())
        .collect(Collectors.toSet());
  }

  private static boolean isOf(String topic, AclBinding right) {
    var pattern = right.pattern();
    return switch (pattern.resourceType()) {
      case TOPIC ->
          pattern.patternType() == PatternType.PREFIXED
              ? topic.startsWith(pattern.name())
              : topic.equals(pattern.name());
      default -> false;
    };
  }

  @Test
  void aServiceCannotSendAnothersMessages() {
    assertThatThrownBy(() -> send(mall.clientOf("inventory-service"), Topics.PAYMENT_COMMANDS))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    assertThatThrownBy(() -> send(mall.clientOf("notification-service"), Topics.ORDER_EVENTS))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
  }

  @Test
  void onlyCertificatesOfTheMallsAuthorityAreAccepted() throws Exception {
    var others = SecureMall.certificates(home.resolve("others"));
    var forged = new HashMap<>(mall.clientOf("payment-service"));
    forged.put("ssl.keystore.location", others.resolve("payment-service/keystore.pem").toString());

    assertThatThrownBy(() -> send(forged, Topics.PAYMENT_EVENTS))
        .hasCauseInstanceOf(SslAuthenticationException.class);
    assertThatThrownBy(() -> send(mall.clientWithoutCertificate(), Topics.PAYMENT_EVENTS))
        .hasCauseInstanceOf(SslAuthenticationException.class);
    var plain =
        Map.<String, Object>of(
            "bootstrap.servers", mall.kafka.bootstrapServers(), "max.block.ms", "3000");
    assertThatThrownBy(() -> send(plain, Topics.PAYMENT_EVENTS))
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void aServiceThatLosesARightWaitsAndLosesNothing() throws Exception {
    var replies =
        rights.stream()
            .filter(right -> right.entry().principal().equals("User:payment-service"))
            .filter(right -> right.pattern().name().equals(Topics.SAGA_REPLIES))
            .toList();
    var outbox = JdbcClient.create(mall.databaseOf(MallService.PAYMENT).dataSource());
    try (var admin = Admin.create(mall.clientOf("kafka-admin"))) {
      admin.deleteAcls(replies.stream().map(AclBinding::toFilter).toList()).all().get();
      var id = accept(CheckoutMode.SAGA);
      soon()
          .until(() -> outbox.sql("select count(*) from outbox").query(Integer.class).single() > 0);
      assertThat(statusOf(id)).isEqualTo("PENDING");

      admin.createAcls(replies).all().get();

      soon().until(() -> statusOf(id), "CONFIRMED"::equals);
    }
    assertThat(outbox.sql("select count(*) from outbox_quarantine").query(Integer.class).single())
        .isZero();
  }

  private static void send(Map<String, Object> client, String topic)
      throws ExecutionException, InterruptedException {
    try (var producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "1", "{}")).get();
    }
  }

  private static String accept(CheckoutMode mode) {
    return mall.accept(new RequestedOrder("ada", Map.of("tea", 1), mode));
  }

  private static String statusOf(String id) {
    return mall.shop.order(id).text("status");
  }
}
