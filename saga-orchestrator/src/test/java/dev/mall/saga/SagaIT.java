package dev.mall.saga;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.SagaState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Command;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.wire.Topics;
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
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** The whole service on a real database and a real Kafka, with services that may be silent. */
class SagaIT {

  private static final AtomicLong ORDERS = new AtomicLong(1);
  private static final Map<String, String> REASON = Map.of("who", "grace", "why", "a test");
  private static final long MORE_THAN_THERE_IS = 1_000_000_000;

  private static TestDatabase database;
  private static Replica saga;
  private static SimulatedServices services;

  private final long order = ORDERS.getAndIncrement();

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

  @Test
  void confirmsAnOrder() {
    services.send(anOrder(order));

    awaitState(order, COMPLETED);
    assertThat(commandsOf(order))
        .containsExactly(
            ReserveStock.class,
            ChargePayment.class,
            CommitReservation.class,
            ConfirmOrder.class,
            NotifyCustomer.class);
    assertThat(results(order))
        .containsExactly("STARTED", "ANSWERED", "ANSWERED", "ANSWERED", "ANSWERED", "ANSWERED");
  }

  @Test
  void cancelsAnOrderThatCannotBePaid() {
    services.send(anOrder(order, MORE_THAN_THERE_IS));

    awaitState(order, COMPENSATED);
    assertThat(commandsOf(order))
        .containsExactly(
            ReserveStock.class,
            ChargePayment.class,
            ReleaseReservation.class,
            CancelOrder.class,
            NotifyCustomer.class);
    assertThat(saga.ask(String.class, "refusal", order)).isEqualTo("INSUFFICIENT_FUNDS");
  }

  @Test
  void asksAgainWhenAReplyIsLost() {
    services.lose(firstTime(ChargePayment.class));

    services.send(anOrder(order));

    awaitState(order, COMPLETED);
    var charges = services.received(order, ChargePayment.class);
    assertThat(charges).hasSize(2);
    assertThat(charges.getFirst()).isEqualTo(charges.getLast()); // the same message, id and all
    assertThat(results(order)).contains("ASKED_AGAIN");
  }

  @Test
  void givesUpNoStepWhoseServiceIsAway() {
    services.stopReading(Topics.PAYMENT_COMMANDS);
    services.send(anOrder(order));

    await().until(() -> saga.state(order).isPresent() && isAt("pay", Duration.ofSeconds(8)));

    assertThat(saga.state(order)).contains(RUNNING); // it would have been given up after 4.9 s
    assertThat(saga.ask(Integer.class, "attempt", order)).isEqualTo(1);
    assertThat(saga.ask(Boolean.class, "overdue", order)).isTrue();

    services.resumeReading(Topics.PAYMENT_COMMANDS);

    awaitState(order, COMPLETED);
    assertThat(services.received(order, ChargePayment.class)).hasSize(1);
  }

  @Test
  void givesUpAStepThatWasReadAndIsNotAnswered() {
    services.ignore(order, "pay");
    services.send(anOrder(order));

    awaitState(order, COMPENSATED);
    assertThat(saga.ask(String.class, "refusal", order)).isEqualTo("TIMED_OUT");
  }

  /** Whether the saga has been waiting for a step so long, by the database's clock. */
  private boolean isAt(String step, Duration since) {
    return saga.bean(JdbcClient.class)
        .sql(
            "select step = ? and clock_timestamp() - asked_at > ? * interval '1 s' from saga where"
                + " order_id = ?")
        .params(step, since.toSeconds(), order)
        .query(Boolean.class)
        .single();
  }

  @Test
  void beginsOneSagaHoweverOftenAnOrderIsAnnounced() {
    for (int time = 0; time < 5; time++) {
      services.send(anOrder(order));
    }

    awaitState(order, COMPLETED);
    services.send(anOrder(order));
    confirmsAnotherAfter(order);
    assertThat(commandsOf(order)).hasSize(5);
  }

  @Test
  void parksOnADeadLetterUntilALateAnswer() {
    services.ignore(order, "commit");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, CommitReservation.class).isEmpty());
    var poison = services.received(order, CommitReservation.class).getFirst();

    services.deadLetter(poison);

    await().until(() -> saga.ask(String.class, "parked_why", order) != null);
    assertThat(saga.ask(String.class, "parked_why", order)).contains("FAILED", "it is poison");
    assertThat(saga.state(order)).contains(RUNNING);

    services.answer(poison);

    awaitState(order, COMPLETED);
    assertThat(saga.ask(String.class, "parked_why", order)).isNull();
    assertThat(results(order)).contains("PARKED");
  }

  @Test
  void goesOnWhenItsDeadLetterIsSentAgain() {
    services.ignore(order, "commit");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, CommitReservation.class).isEmpty());
    services.deadLetter(services.received(order, CommitReservation.class).getFirst());
    await().until(() -> saga.ask(String.class, "parked_why", order) != null);
    var letters = "/dead-letters?status=WAITING&orderId=" + order;
    var letter = get(letters).get("items").get(0);
    assertThat(letter.get("type").asString()).isEqualTo("CommitReservation");
    int before = services.received(order, CommitReservation.class).size();

    services.heed(order, "commit");
    post("/dead-letters/%s/redrive".formatted(letter.get("id").asString()));

    awaitState(order, COMPLETED);
    var commits = services.received(order, CommitReservation.class);
    assertThat(commits).hasSizeGreaterThan(before);
    assertThat(commits.getLast()).isEqualTo(commits.getFirst()); // the same message, id and all
    assertThat(get(letters).get("items")).isEmpty();
  }

  @Test
  void holdsAStepWhileItIsPausedOnEveryReplica() {
    try (var other = Replica.start(database)) {
      put("/steps/pay/pause");
      services.send(anOrder(order));
      await().until(() -> saga.state(order).isPresent() && attempt(order) == 0);
      assertThat(services.received(order, ChargePayment.class)).isEmpty();
      assertThat(get("/sagas?held=true").get("items").findValuesAsString("orderId"))
          .contains(Long.toString(order));

      put("/steps/pay/resume");

      awaitState(order, COMPLETED);
      assertThat(services.received(order, ChargePayment.class)).hasSize(1);
      assertThat(other.state(order)).contains(COMPLETED);
    } finally {
      put("/steps/pay/resume");
    }
  }

  @Test
  void retriesInANewRoundAndIgnoresTheLateAnswerToTheOldOne() {
    services.ignore(order, "pay");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, ChargePayment.class).isEmpty());
    var first = services.received(order, ChargePayment.class).getFirst();

    post("/sagas/%d/retry".formatted(order));

    awaitState(order, COMPLETED);
    services.answer(first);
    confirmsAnotherAfter(order);
    assertThat(results(order)).containsOnlyOnce("RETRIED");
  }

  @Test
  void arrivesAgainFromAnOlderState() { // as after a backup
    services.ignore(order, "notify");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, NotifyCustomer.class).isEmpty());

    saga.bean(JdbcClient.class)
        .sql("update saga set step = 'pay', deadline = now() where order_id = ?")
        .param(order)
        .update();
    services.heed(order, "notify");

    awaitState(order, COMPLETED);
    assertThat(services.received(order, ChargePayment.class)).hasSizeGreaterThan(1);
  }

  @Test
  void judgesNoDeadlineWhileAReplyIsUnread() {
    services.ignore(order, "pay");
    services.send(anOrder(order));
    await().until(() -> !services.received(order, ChargePayment.class).isEmpty());
    saga.stop("sagas");
    services.answer(services.received(order, ChargePayment.class).getFirst());
    int attempt = saga.ask(Integer.class, "attempt", order);

    awaitExcuses(2);

    assertThat(saga.ask(Integer.class, "attempt", order)).isEqualTo(attempt);
    assertThat(saga.ask(Boolean.class, "overdue", order)).isTrue();

    saga.start("sagas");

    awaitState(order, COMPLETED);
  }

  @Test
  void judgesNoDeadlineWhileItsCommandWaitsInTheOutbox() {
    saga.stop("outboxRelay");
    services.send(anOrder(order));
    await().until(() -> saga.state(order).isPresent());

    awaitExcuses(3);

    assertThat(saga.ask(Integer.class, "attempt", order)).isOne();

    saga.start("outboxRelay");

    awaitState(order, COMPLETED);
    assertThat(results(order)).doesNotContain("GIVEN_UP");
  }

  @Test
  void sendsNothingTwiceFromTwoReplicas() {
    var orders = LongStream.range(0, 60).map(_ -> ORDERS.getAndIncrement()).boxed().toList();
    services.lose(firstTime(ChargePayment.class));

    try (var other = Replica.start(database)) {
      orders.forEach(each -> services.send(anOrder(each)));
      orders.forEach(each -> awaitState(each, COMPLETED));

      assertThat(resends(saga) + resends(other)).isGreaterThanOrEqualTo(orders.size());
    }

    for (long each : orders) {
      var asked = new TreeMap<String, Integer>();
      services
          .received(each, Command.class)
          .forEach(received -> asked.merge(received.command().step().step(), 1, Integer::sum));
      assertThat(asked).describedAs("commands of order %d", each).isEqualTo(attempts(each));
    }
  }

  private static int attempt(long order) {
    return saga.ask(Integer.class, "attempt", order);
  }

  private static JsonNode get(String path) {
    return answer(desk().get().uri(path));
  }

  private static void post(String path) {
    answer(desk().post().uri(path).body(REASON));
  }

  private static void put(String path) {
    answer(desk().put().uri(path).body(REASON));
  }

  private static JsonNode answer(RestTestClient.RequestHeadersSpec<?> request) {
    return request.exchange().expectStatus().isOk().returnResult(JsonNode.class).getResponseBody();
  }

  private static RestTestClient desk() {
    return RestTestClient.bindToServer()
        .baseUrl(saga.url())
        .defaultHeader("Authorization", "Bearer " + Replica.TOKEN)
        .build();
  }

  private void confirmsAnotherAfter(long repeated) {
    long other = ORDERS.getAndIncrement();
    services.send(anOrder(other));
    awaitState(other, COMPLETED);
    assertThat(saga.state(repeated)).contains(COMPLETED);
  }

  private static void awaitState(long order, SagaState state) {
    await()
        .untilAsserted(
            () -> assertThat(saga.state(order)).describedAs("order %d", order).contains(state));
  }

  private static void awaitExcuses(int more) {
    var excuses = saga.bean(MeterRegistry.class).counter("mall.sagas.deadlines.excused");
    double before = excuses.count();
    await().until(() -> excuses.count() >= before + more);
  }

  private static double resends(Replica replica) {
    return replica.bean(MeterRegistry.class).find("mall.sagas.resends").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Each command once. */
  private static Predicate<Received> firstTime(Class<? extends Command> type) {
    Set<UUID> seen = ConcurrentHashMap.newKeySet();
    return received -> type.isInstance(received.command()) && seen.add(received.id());
  }

  /** Each command once: on a busy machine one is sent again after its 700 ms, under the same id. */
  private static List<Class<?>> commandsOf(long order) {
    return services.received(order, Command.class).stream()
        .distinct()
        .<Class<?>>map(received -> received.command().getClass())
        .toList();
  }

  private static List<String> results(long order) {
    return saga.bean(JdbcClient.class)
        .sql("select what from saga_timeline where order_id = ? order by number")
        .param(order)
        .query(String.class)
        .list();
  }

  /** How often each step's command was sent, according to the timeline. */
  private static Map<String, Integer> attempts(long order) {
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
