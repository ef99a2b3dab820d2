package dev.mall.system;

import static dev.mall.system.Services.Service.INVENTORY;
import static dev.mall.system.Services.Service.NOTIFICATION;
import static dev.mall.system.Services.Service.ORDER;
import static dev.mall.system.Services.Service.PAYMENT;
import static dev.mall.system.Services.Service.SAGA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.system.Services.Service;
import dev.mall.system.Shoppers.Wish;
import dev.mall.system.TestMall.Dependency;
import dev.mall.testing.FaultyProxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each dependency cut, refusing, hanging and slow, for all services at once, while orders come:
 * docs/degradation.md.
 */
@Tag("long")
class DegradationIT {

  /** Longest time that any request may take, whatever is away. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int ORDERS = 40;

  private static TestMall mall;
  private static ServiceProcess services;
  private static MallClient client;
  private static Books books;
  private static HttpClient http;

  private Shoppers shoppers;

  private enum Fault {
    CUT(FaultyProxy::cut),
    REFUSED(FaultyProxy::refuse),
    HANGING(FaultyProxy::hang),
    SLOW(proxy -> proxy.slow(Duration.ofMillis(150)));

    private final Consumer<FaultyProxy> inflict;

    Fault(Consumer<FaultyProxy> inflict) {
      this.inflict = inflict;
    }

    /** Whether nothing at all can be had of the server. */
    boolean isOutage() {
      return this == REFUSED || this == HANGING;
    }
  }

  static Stream<Arguments> cases() {
    return Arrays.stream(Dependency.values())
        .flatMap(dependency ->
            Arrays.stream(Fault.values()).map(fault -> Arguments.of(dependency, fault)));
  }

  @BeforeAll
  static void open() {
    mall =
        TestMall.behindProxies(
            Map.of(
                "MALL_SAGA_PLACEORDER_STEPS_RESERVE_INDOUBTAFTER", "6s",
                "MALL_SAGA_PLACEORDER_STEPS_RESERVE_TIMEOUT", "2s",
                "MALL_SAGA_PLACEORDER_STEPS_PAY_INDOUBTAFTER", "6s",
                "MALL_SAGA_PLACEORDER_STEPS_PAY_TIMEOUT", "2s"));
    services = mall.start(Service.values());
    services.awaitReady();
    client =
        new MallClient(
            services.uri(ORDER),
            services.uri(INVENTORY),
            services.uri(PAYMENT),
            services.uri(NOTIFICATION));
    http = HttpClient.newHttpClient();
    client.offer("tea", 100, 1_000_000);
    for (int i = 0; i < 5; i++) {
      client.deposit("shopper-" + i, 1_000_000_000);
    }
    books = new Books(mall);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.place("shopper-0", Map.of("tea", 1), Map.of()).status() == 202);
  }

  @AfterAll
  static void close() {
    mall.close();
  }

  @BeforeEach
  void hireShoppers() {
    shoppers = new Shoppers(client);
  }

  @AfterEach
  void heal() {
    Arrays.stream(Dependency.values()).map(mall::proxy).forEach(FaultyProxy::restore);
    shoppers.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredInTimeAndLosesNothing(Dependency dependency, Fault fault) throws Exception {
    var run = UUID.randomUUID().toString();
    int[] buyers = {0};
    var placing =
        shoppers.place(
            run, ORDERS, 7, () -> new Wish("shopper-" + buyers[0]++ % 5, Map.of("tea", 1)));

    fault.inflict.accept(mall.proxy(dependency));
    for (int time = 0; time < 3; time++) {
      for (var service : Service.values()) {
        answersAsDocumented(service, dependency, fault);
      }
    }
    mall.proxy(dependency).restore();

    placing.get();
    assertThat(shoppers.awaitFinal(Duration.ofSeconds(180)))
        .as("no good order is cancelled")
        .isEqualTo(Map.of("CONFIRMED", ORDERS));
    for (var service : Service.values()) {
      assertThat(get(service).statusCode()).as("%s without a restart", service).isEqualTo(200);
    }
    books.balance();
    assertThat(books.deadLetters()).isEmpty();
  }

  private static void answersAsDocumented(Service service, Dependency dependency, Fault fault)
      throws Exception {
    var answer = get(service);
    if (dependency == Dependency.POSTGRES && fault.isOutage()) {
      assertThat(answer.statusCode()).as("%s: %s", service, answer.body()).isEqualTo(503);
    } else if (dependency == Dependency.POSTGRES) {
      assertThat(answer.statusCode()).as("%s: %s", service, answer.body()).isIn(200, 503);
    } else {
      assertThat(answer.statusCode()).as("%s: %s", service, answer.body()).isEqualTo(200);
    }
    if (answer.statusCode() == 503) {
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(answer.body()).contains("https://mall.dev/problems/unavailable");
    }
  }

  /** Something that each service has to look up. */
  private static HttpResponse<String> get(Service service) throws Exception {
    var path =
        switch (service) {
          case ORDER -> "/orders?customerId=shopper-0";
          case INVENTORY -> "/stock/tea";
          case PAYMENT -> "/wallets/shopper-0";
          case NOTIFICATION -> "/notifications?customerId=shopper-0";
          case SAGA -> "/sagas?limit=1";
        };
    return http.send(
        HttpRequest.newBuilder(services.uri(service).resolve(path))
            .header("Authorization", "Bearer " + TestMall.OPERATOR_TOKEN)
            .timeout(LIMIT)
            .build(),
        BodyHandlers.ofString());
  }
}
