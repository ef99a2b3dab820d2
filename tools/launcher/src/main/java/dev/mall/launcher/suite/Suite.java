package dev.mall.launcher.suite;

import dev.mall.cli.MallService;
import dev.mall.cli.Terminal;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.process.Ports;
import dev.mall.inventory.InventoryApplication;
import dev.mall.notification.NotificationApplication;
import dev.mall.order.OrderApplication;
import dev.mall.payment.PaymentApplication;
import dev.mall.saga.SagaApplication;
import dev.mall.verifier.tables.DatabaseAddresses;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The mall in this JVM. Closing stops the services first, then Redis, Kafka and PostgreSQL; it
 * registers no shutdown hook, so that nothing else is stopped before its turn.
 */
public final class Suite implements AutoCloseable {

  /** More at once only take the processors from one another. */
  private static final int STARTS_AT_ONCE = 3;

  /** Whichever mode a request names; the first is that of a request that names none. */
  private static final String EVERY_MODE =
      Arrays.stream(CheckoutMode.values()).map(CheckoutMode::name).collect(Collectors.joining(","));

  private final SuiteSettings plan;
  private final EmbeddedServers servers;
  private final URI issuer;
  private final Map<MallService, ConfigurableApplicationContext> contexts =
      new ConcurrentHashMap<>();
  private volatile @Nullable ConfigurableApplicationContext gateway;

  private Suite(SuiteSettings plan) {
    this.plan = plan;
    this.servers = new EmbeddedServers(plan);
    this.issuer = GatewayStart.address(plan.portBase());
  }

  /**
   * Returns when every service is ready.
   *
   * @throws StartFailedException if something did not start; then all is stopped again
   * @throws InterruptedException if the caller was interrupted; all is stopped again
   */
  public static Suite start(SuiteSettings plan, Terminal terminal) throws InterruptedException {
    requirePorts(plan);
    var suite = new Suite(plan);
    try {
      suite.servers.start(terminal);
      InParallel.run(
          STARTS_AT_ONCE,
          Stream.of(MallService.values())
              .<Runnable>map(s -> () -> suite.start(s, terminal))
              .toList());
      suite.startGateway(terminal);
      return suite;
    } catch (InterruptedException e) {
      suite.close();
      throw e;
    } catch (RuntimeException e) {
      suite.close();
      throw e instanceof StartFailedException ? e : new StartFailedException(StartupHints.of(e), e);
    }
  }

  public URI address(MallService service) {
    return address(contextOf(service));
  }

  /** The address of the gateway. */
  public URI entrance() {
    return address(Objects.requireNonNull(gateway, "the gateway is not started"));
  }

  private static URI address(ConfigurableApplicationContext context) {
    var port = context.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port);
  }

  public EmbeddedPostgres postgres() {
    return servers.postgres();
  }

  /** Where the verifier finds the services' databases. */
  public DatabaseAddresses databases() {
    var settings = new HashMap<String, String>();
    for (var service : MallService.values()) {
      settings.putAll(databaseOf(service));
    }
    return DatabaseAddresses.of(settings::get);
  }

  public Batches batches() {
    return Batches.of(this);
  }

  MeterRegistry meters(MallService service) {
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
    var entrance = gateway;
    try {
      if (entrance != null) {
        entrance.close();
      }
    } finally {
      closeServices();
    }
  }

  private void closeServices() {
    try {
      var open = contexts.values().stream().<Runnable>map(context -> context::close).toList();
      InParallel.run(MallService.values().length, open);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private ConfigurableApplicationContext contextOf(MallService service) {
    var context = contexts.get(service);
    if (context == null) {
      throw new IllegalStateException(service.title() + " is not started");
    }
    return context;
  }

  private void start(MallService service, Terminal terminal) {
    var started = Instant.now();
    try {
      contexts.put(
          service, ServiceThreads.call(word(service), service.title(), () -> run(service)));
    } catch (RuntimeException e) {
      throw new StartFailedException(service.title() + " did not start: " + StartupHints.of(e), e);
    }
    terminal.done(
        "%s on port %d".formatted(service.title(), address(service).getPort()),
        Duration.between(started, Instant.now()));
  }

  private static String word(MallService service) {
    return service.name().toLowerCase(Locale.ROOT);
  }

  private void startGateway(Terminal terminal) {
    var started = Instant.now();
    try {
      gateway =
          ServiceThreads.call(
              "gateway", "gateway", () -> GatewayStart.run(plan, issuer, servers, this::address));
    } catch (RuntimeException e) {
      throw new StartFailedException("gateway did not start: " + StartupHints.of(e), e);
    }
    terminal.done(
        "gateway on port %d".formatted(entrance().getPort()),
        Duration.between(started, Instant.now()));
  }

  private ConfigurableApplicationContext run(MallService service) {
    return application(service)
        .registerShutdownHook(false)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .run(settingsOf(service));
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

  private String[] settingsOf(MallService service) {
    var settings = new HashMap<>(databaseOf(service));
    settings.put(service.variable("PORT"), Integer.toString(service.port(plan.portBase())));
    settings.put("MALL_KAFKA_SERVERS", servers.kafka().bootstrapServers());
    settings.put("MALL_REDIS_URL", servers.redis().url());
    settings.put("MALL_OPERATOR_TOKEN", plan.operatorToken());
    settings.put("mall.security.issuer", issuer.toString());
    settings.put("mall.checkout.modes", EVERY_MODE);
    settings.put("server.address", "127.0.0.1");
    settings.put("mall.web.stop-within", "10m"); // ends this JVM, which stops the servers last
    return settings.entrySet().stream()
        .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
        .toArray(String[]::new);
  }

  private Map<String, String> databaseOf(MallService service) {
    var postgres = servers.postgres();
    return Map.of(
        service.variable("DB_URL"), postgres.jdbcUrl(service.database()),
        service.variable("DB_USER"), service.database(),
        service.variable("DB_PASSWORD"), postgres.password());
  }

  private static void requirePorts(SuiteSettings plan) {
    Arrays.stream(MallService.values())
        .filter(_ -> plan.portBase() != 0)
        .filter(service -> !Ports.isFree(service.port(plan.portBase())))
        .findFirst()
        .ifPresent(service -> {
          throw new StartFailedException(
              StartupHints.portTaken(service.port(plan.portBase()), service.title()), null);
        });
  }
}
