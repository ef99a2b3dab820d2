package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.mall.TcpProxy;
import dev.mall.chaos.mall.Topology;
import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.cli.MallService;
import dev.mall.cli.access.MachineClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each dependency refusing, hanging and slow, for all services at once, while orders come; settings
 * are the shipped ones. The expectations are those of docs/degradation.md. One dependency per day.
 */
@Tag("long")
class DegradationIT {

  /** Added to the documented times on a busy machine. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** No request may take longer, whichever server is unavailable. */
  private static final Duration LIMIT = Duration.ofSeconds(15).plus(SLACK);

  private static final Duration ORDER_LIMIT = Duration.ofSeconds(8).plus(SLACK);

  private static final int ORDERS = 40;

  private static OpenMall open;

  private enum Dependency {
    POSTGRES,
    KAFKA,
    REDIS;

    List<TcpProxy> links() {
      return switch (this) {
        case POSTGRES -> Stream.of(MallService.values()).map(open.mall::databaseProxyOf).toList();
        case KAFKA -> List.of(open.mall.kafkaProxy());
        case REDIS -> List.of(open.mall.redisProxy());
      };
    }
  }

  private enum Fault {
    REFUSING(TcpProxy::cut),
    HANGING(TcpProxy::halfOpen),
    SLOW(link -> link.slowDown(Duration.ofMillis(150)));

    private final Consumer<TcpProxy> inflict;

    Fault(Consumer<TcpProxy> inflict) {
      this.inflict = inflict;
    }
  }

  static Stream<Arguments> cases() {
    return DailySample.of(List.of(Dependency.values()), 3).stream()
        .flatMap(dependency ->
            Arrays.stream(Fault.values()).map(fault -> Arguments.of(dependency, fault)));
  }

  @BeforeAll
  static void openMall(@TempDir Path home) throws Exception {
    open = OpenMall.open(home, Topology.unhurried(OpenMall.REPOSITORY));
  }

  @AfterAll
  static void close() {
    open.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredInTimeAndLosesNothing(Dependency dependency, Fault fault) throws Exception {
    var orders = new ArrayList<Future<String>>();
    try (var buyers = Executors.newVirtualThreadPerTaskExecutor();
        var http = HttpClient.newHttpClient()) {
      dependency.links().forEach(fault.inflict);
      try {
        for (int i = 0; i < ORDERS; i++) {
          var order = new RequestedOrder("customer-" + i % 20, Map.of("common-" + i % 12, 1));
          orders.add(buyers.submit(() -> open.accept(order)));
        }
        for (int time = 0; time < 2; time++) {
          for (var service : MallService.values()) {
            assertAnswersAsDocumented(get(http, service), service, dependency, fault);
          }
          assertOrderIsAnswered(dependency, fault);
        }
      } finally {
        dependency.links().forEach(TcpProxy::mend);
      }
      for (var service : MallService.values()) {
        OpenMall.soon().until(() -> get(http, service).statusCode() == 200); // without a restart
      }
    }
    for (var order : orders) {
      var id = order.get();
      OpenMall.soon().until(() -> !open.statusOf(id).equals("PENDING"));
      assertThat(open.statusOf(id)).as("a good order").isEqualTo("CONFIRMED");
    }
    assertThat(open.mall.replicas()).allMatch(replica -> replica.isAlive());
    open.assertSound();
    assertNoDeadLetters();
  }

  /** One request, answered in time, with Retry-After where it should be retried. */
  private static void assertOrderIsAnswered(Dependency dependency, Fault fault) {
    var order = new RequestedOrder("customer-1", Map.of("common-1", 1));
    long start = System.nanoTime();

    var answer = open.shop.place(order, UUID.randomUUID().toString());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ORDER_LIMIT);
    assertThat(answer.status()).as("%s", answer).isIn(expected(202, dependency, fault));
  }

  private static List<Integer> expected(int good, Dependency dependency, Fault fault) {
    if (dependency != Dependency.POSTGRES) {
      return List.of(good);
    }
    return fault == Fault.SLOW ? List.of(good, 503) : List.of(503);
  }

  private static void assertAnswersAsDocumented(
      HttpResponse<String> answer, MallService service, Dependency dependency, Fault fault) {
    assertThat(answer.statusCode())
        .as("%s: %s", service, answer.body())
        .isIn(expected(200, dependency, fault));
    if (answer.statusCode() == 503) {
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(answer.body()).contains("https://mall.dev/problems/unavailable");
    }
  }

  /** Something that each service has to look up. */
  private static HttpResponse<String> get(HttpClient http, MallService service) throws Exception {
    var path =
        switch (service) {
          case ORDER -> "/orders?customerId=customer-1";
          case INVENTORY -> "/stock/common-1";
          case PAYMENT -> "/wallets/customer-1";
          case NOTIFICATION -> "/notifications?customerId=customer-1";
          case SAGA -> "/sagas?limit=1";
        };
    var client = service == MallService.SAGA ? MachineClient.DESK : MachineClient.AUDIT;
    var request = HttpRequest.newBuilder(open.mall.uri(service).resolve(path)).timeout(LIMIT);
    open.mall.credentials().of(client).forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static void assertNoDeadLetters() throws Exception {
    try (var connection = open.mall.connect(MallService.SAGA);
        var letters =
            connection.createStatement().executeQuery("select topic, cause from dead_letter")) {
      assertThat(letters.next()).as("dead letters").isFalse();
    }
  }
}
