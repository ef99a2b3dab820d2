package dev.mall.launcher.suite;

import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.Ports;
import dev.mall.launcher.terminal.Terminal;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The mall in this JVM. Closing stops the services first, then Redis, Kafka and PostgreSQL; it
 * registers no shutdown hook, so that nothing else is stopped before its turn.
 */
public final class Suite implements AutoCloseable {

  /** More at once only take the processors from one another. */
  private static final int STARTS_AT_ONCE = 3;

  private final Plan plan;
  private final Servers servers;
  private final Map<Service, ConfigurableApplicationContext> contexts = new ConcurrentHashMap<>();

  private Suite(Plan plan) {
    this.plan = plan;
    this.servers = new Servers(plan);
  }

  /**
   * Returns when every service is ready.
   *
   * @throws StartFailedException if something did not start; then all is stopped again
   * @throws InterruptedException if the caller was interrupted; all is stopped again
   */
  public static Suite start(Plan plan, Terminal terminal) throws InterruptedException {
    requirePorts(plan);
    var suite = new Suite(plan);
    try {
      suite.servers.start(terminal);
      InParallel.run(
          STARTS_AT_ONCE,
          Stream.of(Service.values()).<Runnable>map(s -> () -> suite.start(s, terminal)).toList());
      return suite;
    } catch (InterruptedException e) {
      suite.close();
      throw e;
    } catch (RuntimeException e) {
      suite.close();
      throw e instanceof StartFailedException ? e : new StartFailedException(Remedy.of(e), e);
    }
  }

  public URI address(Service service) {
    var port = contextOf(service).getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port);
  }

  public EmbeddedPostgres postgres() {
    return servers.postgres();
  }

  public Batches batches() {
    return Batches.of(this);
  }

  MeterRegistry meters(Service service) {
    return contextOf(service).getBean(MeterRegistry.class);
  }

  @Override
  public void close() {
    InParallel.undisturbed(() -> {
      try (servers) {
        closeContexts();
      }
    });
  }

  private void closeContexts() {
    try {
      var open = contexts.values().stream().<Runnable>map(context -> context::close).toList();
      InParallel.run(Service.values().length, open);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private ConfigurableApplicationContext contextOf(Service service) {
    var context = contexts.get(service);
    if (context == null) {
      throw new IllegalStateException(service.title() + " is not started");
    }
    return context;
  }

  private void start(Service service, Terminal terminal) {
    var started = Instant.now();
    try {
      contexts.put(service, ServiceThreads.call(service, () -> run(service)));
    } catch (RuntimeException e) {
      throw new StartFailedException(service.title() + " did not start: " + Remedy.of(e), e);
    }
    terminal.done(
        "%s on port %d".formatted(service.title(), address(service).getPort()),
        Duration.between(started, Instant.now()));
  }

  private ConfigurableApplicationContext run(Service service) {
    return service
        .application()
        .registerShutdownHook(false)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .run(settingsOf(service));
  }

  private String[] settingsOf(Service service) {
    var postgres = servers.postgres();
    return new String[] {
      "--" + service.variable("PORT") + "=" + service.port(plan.portBase()),
      "--" + service.variable("DB_URL") + "=" + postgres.jdbcUrl(service.database()),
      "--" + service.variable("DB_USER") + "=" + service.database(),
      "--" + service.variable("DB_PASSWORD") + "=" + postgres.password(),
      "--MALL_KAFKA_SERVERS=" + servers.kafka().bootstrapServers(),
      "--MALL_REDIS_URL=" + servers.redis().url(),
      "--MALL_OPERATOR_TOKEN=" + plan.operatorToken(),
      "--server.address=127.0.0.1"
    };
  }

  private static void requirePorts(Plan plan) {
    Arrays.stream(Service.values())
        .filter(_ -> plan.portBase() != 0)
        .filter(service -> !Ports.isFree(service.port(plan.portBase())))
        .findFirst()
        .ifPresent(service -> {
          throw new StartFailedException(
              Remedy.portTaken(service.port(plan.portBase()), service.title()), null);
        });
  }
}
