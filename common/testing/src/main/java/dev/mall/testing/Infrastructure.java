package dev.mall.testing;

import dev.mall.embedded.EmbeddedKafka;
import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.EmbeddedRedis;
import dev.mall.embedded.EmbeddedServer;
import dev.mall.embedded.Place;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * One PostgreSQL, one Kafka and one Redis for all tests of a JVM, each started when first asked for
 * and ended with the JVM, after the Spring contexts.
 *
 * <p>Tests share them, so they must not stop them: a test that breaks a server starts its own, as
 * in {@code new EmbeddedKafka(Place.temporary())}, and closes it.
 */
public final class Infrastructure {

  private static final Shared<EmbeddedPostgres> POSTGRES = shared(EmbeddedPostgres::new);
  private static final Shared<EmbeddedKafka> KAFKA = shared(EmbeddedKafka::new);
  private static final Shared<EmbeddedRedis> REDIS = shared(EmbeddedRedis::new);

  private Infrastructure() {}

  public static EmbeddedPostgres postgres() {
    return POSTGRES.get();
  }

  public static EmbeddedKafka kafka() {
    return KAFKA.get();
  }

  public static EmbeddedRedis redis() {
    return REDIS.get();
  }

  /**
   * Tells a Spring test where its servers are, and gives it a new, empty database.
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
    JvmEnd.afterSpring();
    registry.add("spring.datasource.url", database::url);
    registry.add("spring.datasource.username", database::name);
    registry.add("spring.datasource.password", database::password);
    registry.add("spring.kafka.bootstrap-servers", () -> kafka().bootstrapServers());
    registry.add("mall.locking.redis-url", () -> redis().url());
    registry.add("server.port", () -> 0);
  }

  private static <S extends EmbeddedServer> Shared<S> shared(Function<Place, S> server) {
    return new Shared<>(server);
  }

  private static final class Shared<S extends EmbeddedServer> {
    private final Function<Place, S> make;
    private @Nullable S server;

    Shared(Function<Place, S> make) {
      this.make = make;
    }

    synchronized S get() {
      var running = server;
      if (running == null) {
        running = make.apply(Place.temporary());
        running.start();
        JvmEnd.close(running);
        server = running;
      }
      return running;
    }
  }
}
