package dev.mall.launcher.suite;

import dev.mall.cli.MallService;
import dev.mall.cli.Terminal;
import dev.mall.cli.access.GatewaySettings;
import dev.mall.embedded.EmbeddedKafka;
import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.EmbeddedRedis;
import dev.mall.embedded.EmbeddedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** PostgreSQL with a database per service and the gateway, Kafka and Redis. */
final class EmbeddedServers implements AutoCloseable {

  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final EmbeddedRedis redis;

  EmbeddedServers(SuiteSettings plan) {
    postgres = new EmbeddedPostgres(plan.placeOf("postgres"));
    kafka = new EmbeddedKafka(plan.placeOf("kafka"));
    redis = new EmbeddedRedis(plan.placeOf("redis"));
  }

  void start(Terminal terminal) throws InterruptedException {
    InParallel.run(
        3,
        List.of(
            () -> start("PostgreSQL 18", postgres, this::createDatabases, terminal),
            () -> start("Kafka 4.2", kafka, () -> {}, terminal),
            () -> start("Redis 7", redis, () -> {}, terminal)));
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  EmbeddedRedis redis() {
    return redis;
  }

  @Override
  public void close() {
    try (postgres;
        kafka;
        redis) {
      // each is closed, last to first, even if another fails to
    }
  }

  private void createDatabases() {
    for (var service : MallService.values()) {
      postgres.createDatabase(service.database());
    }
    postgres.createDatabase(GatewaySettings.DATABASE);
  }

  private static void start(
      String name, EmbeddedServer server, Runnable preparation, Terminal terminal) {
    var started = Instant.now();
    server.start();
    preparation.run();
    terminal.done(
        "%s on port %d".formatted(name, server.port()), Duration.between(started, Instant.now()));
  }
}
