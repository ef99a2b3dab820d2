package dev.mall.testing;

import dev.mall.embedded.KafkaServer;
import dev.mall.embedded.PostgresServer;
import dev.mall.embedded.RedisServer;
import dev.mall.embedded.Server;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * One PostgreSQL, one Kafka and one Redis for all tests of a JVM, each started when first asked for
 * and ended with the JVM, after the Spring contexts.
 *
 * <p>They are embedded, or containers with {@code MALL_TEST_INFRA=containers} in the environment.
 *
 * <p>Tests share them, so they must not stop them: a test that breaks a server has one of its own,
 * as by {@link #newKafka()}, starts and closes it.
 */
public final class Infrastructure {

  private static final Shared<PostgresServer> POSTGRES = new Shared<>(ServerProvider::postgres);
  private static final Shared<KafkaServer> KAFKA = new Shared<>(ServerProvider::kafka);
  private static final Shared<RedisServer> REDIS = new Shared<>(ServerProvider::redis);

  private Infrastructure() {}

  public static PostgresServer postgres() {
    return POSTGRES.get();
  }

  public static KafkaServer kafka() {
    return KAFKA.get();
  }

  public static RedisServer redis() {
    return REDIS.get();
  }

  /** For the caller alone, who starts and closes it. */
  public static PostgresServer newPostgres() {
    return ServerProvider.chosen().postgres();
  }

  /** For the caller alone, who starts and closes it. */
  public static KafkaServer newKafka() {
    return ServerProvider.chosen().kafka();
  }

  /** For the caller alone, who starts and closes it. */
  public static RedisServer newRedis() {
    return ServerProvider.chosen().redis();
  }

  /**
   * Gives a Spring test the addresses of its servers, and a new, empty database.
   *
   * <p>A property added to the registry afterwards wins.
   *
   * @param database the beginning of its name
   */
  public static TestDatabase register(DynamicPropertyRegistry registry, String database) {
    var fresh = TestDatabase.create(database);
    register(registry, fresh);
    return fresh;
  }

  /** The same for a database that several contexts share. */
  public static void register(DynamicPropertyRegistry registry, TestDatabase database) {
    SharedServerShutdown.afterSpring();
    registry.add("spring.datasource.url", database::url);
    registry.add("spring.datasource.username", database::name);
    registry.add("spring.datasource.password", database::password);
    registry.add("spring.kafka.bootstrap-servers", () -> kafka().bootstrapServers());
    registry.add("mall.locking.redis-url", () -> redis().url());
    registry.add("server.port", () -> 0);
  }

  private static final class Shared<S extends Server> {
    private final Function<ServerProvider, S> make;
    private @Nullable S server;

    Shared(Function<ServerProvider, S> make) {
      this.make = make;
    }

    synchronized S get() {
      var running = server;
      if (running == null) {
        running = make.apply(ServerProvider.chosen());
        running.start();
        SharedServerShutdown.close(running);
        server = running;
      }
      return running;
    }
  }
}
