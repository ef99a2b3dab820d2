package dev.mall.saga.desk;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.settlementRefused;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Reply;
import dev.mall.contracts.StepKey;
import dev.mall.saga.Replica;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.runtime.Incoming;
import dev.mall.saga.runtime.SagaRunner;
import dev.mall.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** The desk over HTTP, on sagas in every state. */
class SagaDeskIT {

  private static final long RESERVING = 9_007_199_254_740_993L; // no JavaScript number holds it
  private static final long PAYING = RESERVING + 1;
  private static final long CANCELLING = RESERVING + 2;
  private static final long STUCK = RESERVING + 3;

  private static Replica replica;
  private static RestTestClient desk;

  @BeforeAll
  static void start() {
    replica = Replica.start(TestDatabase.create("desk"));
    for (var part : List.of("sagaTimers", "sagas", "deadLetters", "outboxRelay")) {
      replica.context().getBean(part, SmartLifecycle.class).stop();
    }
    desk =
        RestTestClient.bindToServer()
            .baseUrl(replica.url())
            .defaultHeader("Authorization", "Bearer " + Replica.TOKEN)
            .build();
    var runner = replica.bean(SagaRunner.class);
    for (long order = RESERVING; order <= STUCK; order++) {
      runner.handle(List.of(new Incoming(order, new Started(anOrder(order), cause()))));
    }
    runner.handle(
        List.of(
            answer(PAYING, "reserve", stockReserved()),
            answer(CANCELLING, "reserve", outOfStock()),
            answer(STUCK, "reserve", outOfStock()),
            answer(STUCK, "cancel", settlementRefused())));
    replica
        .bean(JdbcClient.class)
        .sql(
            "update saga set overdue = true, started_at = started_at - interval '1 hour'"
                + " where order_id = ?")
        .param(PAYING)
        .update();
  }

  @AfterAll
  static void stop() {
    replica.close();
  }

  @Test
  void tellsTheWholeStoryOfASaga() {
    var saga = ok("/sagas/" + STUCK);

    assertThat(saga.get("orderId").asString()).isEqualTo(Long.toString(STUCK));
    assertThat(saga.get("definition").asString()).isEqualTo("place-order");
    assertThat(saga.get("state").asString()).isEqualTo("COMPENSATING");
    assertThat(saga.get("step").asString()).isEqualTo("cancel");
    assertThat(saga.get("refusal").asString()).isEqualTo("OUT_OF_STOCK");
    assertThat(saga.get("parked").get("why").asString()).contains("refuses to be settled");
    assertThat(saga.get("deadline").isNull()).isTrue();
    assertThat(saga.get("timeline").findValuesAsString("what"))
        .containsExactly("STARTED", "REFUSED", "PARKED");
    assertThat(saga.get("timeline").get(1).get("heard").asString()).isEqualTo("OutOfStock");
    assertThat(saga.get("timeline").get(1).get("said").asString()).isEqualTo("CancelOrder");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0 1 2 3",
    "state=RUNNING, 0 1",
    "state=COMPENSATING, 2 3",
    "state=COMPLETED, ''",
    "overdue=true, 1",
    "overdue=false&state=RUNNING, 0",
    "parked=true, 3",
    "parked=false, 0 1 2",
    "olderThan=30m, 1",
    "olderThan=PT30M, 1",
    "olderThan=0s, 0 1 2 3",
    "olderThan=2h, ''",
    "state=COMPENSATING&parked=true&olderThan=0s, 3"
  })
  void listsTheSagasThatPass(String filter, String expected) {
    var found = ok("/sagas?" + filter).get("items").findValuesAsString("orderId");

    assertThat(found.stream().map(id -> Long.toString(Long.parseLong(id) - RESERVING)))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
  }

  @Test
  void listsPieceByPiece() {
    var found = new ArrayList<String>();
    var page = ok("/sagas?limit=3");
    found.addAll(page.get("items").findValuesAsString("orderId"));
    page = ok("/sagas?limit=3&cursor=" + page.get("next").asString());
    found.addAll(page.get("items").findValuesAsString("orderId"));

    assertThat(found).hasSize(4).doesNotHaveDuplicates().isSorted();
    assertThat(page.get("next").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/sagas/abc, orderId",
    "/sagas/99999999999999999999, orderId",
    "/sagas?state=LOST, state",
    "/sagas?olderThan=yesterday, olderThan",
    "/sagas?olderThan=-5m, olderThan",
    "/sagas?olderThan=99999999d, olderThan",
    "/sagas?olderThan=9223372036854775807h, olderThan",
    "/sagas?olderThan=, olderThan",
    "/sagas?overdue=perhaps, overdue",
    "/sagas?parked=2, parked",
    "/sagas?cursor=here, cursor",
    "/sagas?limit=0, limit",
    "/sagas?limit=201, limit",
    "/sagas?limit=ten, limit"
  })
  void refusesWhatMakesNoSense(String path, String field) {
    var problem = get(desk, path, 400);

    assertThat(problem.get("type").asString()).endsWith("/invalid-request");
    assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({"/sagas/1, saga-unknown", "/sagas/-1, saga-unknown", "/nowhere, not-found"})
  void knowsNothingOfOtherOrders(String path, String type) {
    assertThat(get(desk, path, 404).get("type").asString()).endsWith("/" + type);
  }

  @ParameterizedTest
  @CsvSource({"/sagas", "/sagas/1", "/actuator/prometheus", "/v3/api-docs", "/nowhere"})
  void isTheOperatorsAlone(String path) {
    var stranger = RestTestClient.bindToServer().baseUrl(replica.url()).build();

    assertThat(get(stranger, path, 401).get("type").asString()).endsWith("/unauthorized");
  }

  @Test
  void tellsEverybodyThatItIsWell() {
    var stranger = RestTestClient.bindToServer().baseUrl(replica.url()).build();

    assertThat(get(stranger, "/actuator/health/liveness", 200).get("status").asString())
        .isEqualTo("UP");
  }

  @Test
  void countsWhatNeedsALook() {
    var metrics =
        desk.get()
            .uri("/actuator/prometheus")
            .exchange()
            .returnResult(String.class)
            .getResponseBody();

    assertThat(metrics)
        .containsPattern("mall_sagas_open\\{.*} 4\\.0")
        .containsPattern("mall_sagas_overdue\\{.*} 1\\.0")
        .containsPattern("mall_sagas_parked\\{.*} 1\\.0")
        .containsPattern("mall_sagas_started_total\\{.*} 4\\.0");
  }

  private static JsonNode ok(String path) {
    return get(desk, path, 200);
  }

  private static JsonNode get(RestTestClient client, String path, int status) {
    return client
        .get()
        .uri(path)
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .returnResult(JsonNode.class)
        .getResponseBody();
  }

  private static Incoming answer(
      long order, String step, Function<StepKey, ? extends Reply> reply) {
    return new Incoming(order, new Replied(reply.apply(new StepKey(order, step, 1)), cause()));
  }

  private static Cause cause() {
    return new Cause(UUID.randomUUID(), null);
  }
}
