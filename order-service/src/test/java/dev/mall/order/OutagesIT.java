package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.ProductChanged;
import dev.mall.embedded.KafkaServer;
import dev.mall.embedded.PostgresServer;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.order.catalogue.CatalogueReadiness;
import dev.mall.testing.Infrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The service without its broker, and without its database. Both are this test's own. */
class OutagesIT {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final PostgresServer postgres = Infrastructure.newPostgres();
  private static final KafkaServer kafka = Infrastructure.newKafka();

  private String database;

  @BeforeAll
  static void startServers() {
    postgres.start();
    kafka.start();
  }

  @AfterAll
  static void closeServers() {
    kafka.close();
    postgres.close();
  }

  @BeforeEach
  void createDatabase() {
    if (!postgres.running()) {
      postgres.start();
    }
    if (!kafka.running()) {
      kafka.start();
    }
    database = "mall_order_" + DATABASES.incrementAndGet();
    postgres.createDatabase(database);
  }

  @Test
  void takesOrdersWithoutItsBrokerAndPublishesThemLater() {
    try (var service = start()) {
      openShop(service);
      kafka.stop();

      var placed = clientOf(service).post(order());

      assertThat(placed.status()).isEqualTo(202);
      assertThat(outboxOf(service)).isPositive();

      kafka.start();

      awaitUntil(() -> outboxOf(service) == 0);
    }
  }

  @Tag("long")
  @Test
  void sellsFromItsCopyWhenItStartsWithoutItsBroker() {
    try (var service = start()) {
      openShop(service);
    }
    kafka.stop();

    try (var restarted = start()) {
      awaitUntil(() -> clientOf(restarted).post(order()).status() == 202);
      assertThat(clientOf(restarted).get("/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void takesOrdersWhenItStartsWhileItsBrokersNameDoesNotResolve() {
    try (var service = start()) {
      openShop(service);
    }

    try (var restarted = start("no-such-host.invalid:9092")) {
      awaitUntil(() -> clientOf(restarted).post(order()).status() == 202);
      assertThat(clientOf(restarted).get("/livez").status()).isEqualTo(200);
      assertThat(clientOf(restarted).get("/readyz").status()).isEqualTo(200);
      assertThat(outboxOf(restarted)).isPositive();
    }
  }

  @Tag("long")
  @Test
  void sellsNothingBeforeItKnowsThePrices() {
    kafka.stop();

    try (var service = start()) {
      var refused = clientOf(service).post(order());

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.problem()).isEqualTo("no-prices");
      assertThat(clientOf(service).get("/readyz").status()).isEqualTo(503);
    }
  }

  /** A new mall, or one whose Kafka came back empty before the catalogue was read. */
  @Test
  void takesAnEmptyTopicForNoCatalogue() {
    try (var empty = Infrastructure.newKafka()) {
      empty.start();
      try (var service = start(empty.bootstrapServers())) {
        awaitUntil(() -> clientOf(service).get("/readyz").status() == 200);

        assertThat(clientOf(service).post(order()).problem()).isEqualTo("no-prices");

        openShop(service);
      }
    }
  }

  @Test
  void answersInTimeWithoutItsDatabaseAndGoesOnWhenItIsBack() {
    try (var service = start()) {
      openShop(service);
      postgres.stop();

      var asked = Instant.now();
      var refused = clientOf(service).post(order());
      var unreadable = clientOf(service).get("/orders/1");
      var took = Duration.between(asked, Instant.now());

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(unreadable.status()).isEqualTo(503);
      assertThat(took).isLessThan(Duration.ofSeconds(20));

      postgres.start();

      awaitUntil(() -> clientOf(service).post(order()).status() == 202);
    }
  }

  private ConfigurableApplicationContext start() {
    return start(kafka.bootstrapServers());
  }

  private ConfigurableApplicationContext start(String brokers) {
    return OrderApplication.application()
        .run(
            "--server.port=0",
            "--spring.datasource.url=" + postgres.jdbcUrl(database),
            "--spring.datasource.username=" + database,
            "--spring.datasource.password=" + postgres.password(),
            "--spring.kafka.bootstrap-servers=" + brokers);
  }

  /** Sends one product over Kafka, as inventory-service would. */
  private static void openShop(ConfigurableApplicationContext service) {
    var change = new ProductChanged("tea", 1, "Tea", 450, "EUR");
    service
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(_ ->
            service
                .getBean(Outbox.class)
                .append(List.of(new OutboundMessage(UUID.randomUUID(), change, null, null))));
    awaitUntil(() ->
        service.getBean(CatalogueReadiness.class).isComplete()
            && clientOf(service).post(order()).status() == 202);
  }

  private static long outboxOf(ConfigurableApplicationContext service) {
    return service
        .getBean(JdbcClient.class)
        .sql("select count(*) from outbox")
        .query(Long.class)
        .single();
  }

  private static void awaitUntil(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(200))
        .until(condition);
  }

  private static Client clientOf(ConfigurableApplicationContext service) {
    return OrderServiceTests.clientOf(service);
  }

  private static String order() {
    return OrderServiceTests.order("ann", "tea", 1);
  }
}
