package dev.mall.saga;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Command;
import dev.mall.saga.SimulatedServices.Received;
import dev.mall.saga.checkout.Participants;
import dev.mall.saga.engine.SagaState;
import dev.mall.testing.TestDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** The whole service on a real database and a real Kafka, with services that may be silent. */
abstract class SagaFixture {

  static final AtomicLong ORDERS = new AtomicLong(1);
  static final Map<String, String> REASON = Map.of("who", "grace", "why", "a test");
  static final long MORE_THAN_THERE_IS = 1_000_000_000;

  static TestDatabase database;
  static Replica saga;
  static SimulatedServices services;

  final long order = ORDERS.getAndIncrement();

  @BeforeAll
  static void start() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    database = TestDatabase.create("saga");
    saga = Replica.start(database);
    services = new SimulatedServices(new Participants(1_000_000, MORE_THAN_THERE_IS - 1));
  }

  @AfterAll
  static void stop() throws Exception {
    services.leave();
    saga.close();
  }

  @AfterEach
  void restoreServices() {
    services.lose(_ -> false);
    services.resumeAll();
  }

  /** Whether the saga has been waiting for a step so long, by the database's clock. */
  boolean isAt(String step, Duration since) {
    return saga.bean(JdbcClient.class)
        .sql(
            "select step = ? and clock_timestamp() - asked_at > ? * interval '1 s' from saga where"
                + " order_id = ?")
        .params(step, since.toSeconds(), order)
        .query(Boolean.class)
        .single();
  }

  static int attempt(long order) {
    return saga.ask(Integer.class, "attempt", order);
  }

  static JsonNode get(String path) {
    return answer(client().get().uri(path));
  }

  static void post(String path) {
    answer(client().post().uri(path).body(REASON));
  }

  static void put(String path) {
    answer(client().put().uri(path).body(REASON));
  }

  static JsonNode answer(RestTestClient.RequestHeadersSpec<?> request) {
    return request.exchange().expectStatus().isOk().returnResult(JsonNode.class).getResponseBody();
  }

  static RestTestClient client() {
    return RestTestClient.bindToServer()
        .baseUrl(saga.url())
        .defaultHeader("Authorization", "Bearer " + Replica.TOKEN)
        .build();
  }

  void confirmsAnotherAfter(long repeated) {
    long other = ORDERS.getAndIncrement();
    services.send(anOrder(other));
    awaitState(other, COMPLETED);
    assertThat(saga.state(repeated)).contains(COMPLETED);
  }

  static void awaitState(long order, SagaState state) {
    await()
        .untilAsserted(
            () -> assertThat(saga.state(order)).describedAs("order %d", order).contains(state));
  }

  static void awaitExcuses(int more) {
    var excuses = saga.bean(MeterRegistry.class).counter("mall.sagas.deadlines.excused");
    double before = excuses.count();
    await().until(() -> excuses.count() >= before + more);
  }

  static double resends(Replica replica) {
    return replica.bean(MeterRegistry.class).find("mall.sagas.resends").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Each command once. */
  static Predicate<Received> firstTime(Class<? extends Command> type) {
    Set<UUID> seen = ConcurrentHashMap.newKeySet();
    return received -> type.isInstance(received.command()) && seen.add(received.id());
  }

  /** Each command once: on a busy machine one is sent again after its 700 ms, under the same id. */
  static List<Class<?>> commandsOf(long order) {
    return services.received(order, Command.class).stream()
        .distinct()
        .<Class<?>>map(received -> received.command().getClass())
        .toList();
  }

  static List<String> results(long order) {
    return saga.bean(JdbcClient.class)
        .sql("select what from saga_timeline where order_id = ? order by number")
        .param(order)
        .query(String.class)
        .list();
  }

  /** How often each step's command was sent, according to the timeline. */
  static Map<String, Integer> attempts(long order) {
    var attempts = new TreeMap<String, Integer>();
    saga.bean(JdbcClient.class)
        .sql("select step, max(attempt) from saga_timeline where order_id = ? group by step")
        .param(order)
        .query(row -> {
          attempts.put(row.getString(1), row.getInt(2));
        });
    return attempts;
  }
}
