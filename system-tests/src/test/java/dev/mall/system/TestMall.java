package dev.mall.system;

import dev.mall.embedded.KafkaServer;
import dev.mall.embedded.PostgresServer;
import dev.mall.embedded.RedisServer;
import dev.mall.system.Services.Service;
import dev.mall.testing.Infrastructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Real servers and services as processes, on ports of their own. */
final class TestMall implements AutoCloseable {

  static final String OPERATOR_TOKEN = "let-me-in";

  final PostgresServer postgres = Infrastructure.newPostgres();
  final KafkaServer kafka = Infrastructure.newKafka();
  final RedisServer redis = Infrastructure.newRedis();

  private final List<ServiceProcess> processes = new ArrayList<>();
  private final Map<String, String> settings;

  /**
   * @param settings environment variables that the services get beside the usual ones
   */
  TestMall(Map<String, String> settings) {
    this.settings = settings;
    postgres.start();
    kafka.start();
    redis.start();
    for (var service : Service.values()) {
      postgres.createDatabase(service.database());
    }
  }

  /** Starts services in one process; returns before they are ready. */
  ServiceProcess start(Service... services) {
    var ports = new EnumMap<Service, Integer>(Service.class);
    Arrays.stream(services).forEach(service -> ports.put(service, freePort()));
    var log = Path.of("target", "services-%d.log".formatted(processes.size() + 1));
    var process = ServiceProcess.start(new TreeMap<>(ports), environment(), log);
    processes.add(process);
    return process;
  }

  DataSource database(Service service) {
    return postgres.dataSource(service.database());
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    for (var service : Service.values()) {
      environment.put("MALL_%s_DB_URL".formatted(service), postgres.jdbcUrl(service.database()));
      environment.put("MALL_%s_DB_USER".formatted(service), service.database());
      environment.put("MALL_%s_DB_PASSWORD".formatted(service), postgres.password());
    }
    environment.put("MALL_KAFKA_SERVERS", kafka.bootstrapServers());
    environment.put("MALL_REDIS_URL", redis.url());
    environment.put("MALL_OPERATOR_TOKEN", OPERATOR_TOKEN);
    environment.putAll(settings);
    return environment;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  @Override
  public void close() {
    processes.forEach(ServiceProcess::close);
    redis.close();
    kafka.close();
    postgres.close();
  }
}
