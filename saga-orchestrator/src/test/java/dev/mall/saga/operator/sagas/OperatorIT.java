package dev.mall.saga.operator.sagas;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.reservationCommitted;
import static dev.mall.saga.checkout.Replies.settlementRefused;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.DeadLetter.Original;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.retention.RetentionJob;
import dev.mall.saga.Replica;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.operator.deadletters.StoreDeadLetters;
import dev.mall.saga.runtime.SagaRunner;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.testing.StoredApi;
import dev.mall.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** The desk over HTTP, on sagas in every state. */
class OperatorIT {

  private static final long RESERVING = 9_007_199_254_740_993L; // no JavaScript number holds it
  private static final long PAYING = RESERVING + 1;
  private static final long CANCELLING = RESERVING + 2;
  private static final long STUCK = RESERVING + 3;

  private static final AtomicLong ORDERS = new AtomicLong(1_000);

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
      runner.handle(List.of(new SagaSignal(order, new Started(anOrder(order), cause()))));
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

  @AfterEach
  void forgetWhatActsWereDoneAbout() {
    replica
        .bean(JdbcClient.class)
        .sql("delete from saga where order_id < ?")
        .param(RESERVING)
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
    "step=pay, 1",
    "step=cancel, 2 3",
    "step=nowhere, ''",
    "version=1, 0 1 2 3",
    "version=2, ''",
    "deferred=true, ''",
    "deferred=false&version=1, 0 1 2 3",
    "held=true, ''",
    "held=false&step=reserve, 0",
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
  void showsWhatWaitsForAReleaseThatKnowsTheDefinition() {
    long order = paying();
    var jdbc = replica.bean(JdbcClient.class);
    jdbc.sql("update saga set version = 9 where order_id = ?").param(order).update();
    var letter =
        new DeadLetter(
            UUID.randomUUID(),
            null,
            order,
            "PaymentCharged",
            Topics.SAGA_REPLIES,
            Cause.FAILED,
            "odd",
            new Original("k", Map.of(), new byte[0]));

    replica.bean(SagaRunner.class).handle(List.of(SagaSignal.of(letter).orElseThrow()));

    var story = ok("/sagas/" + order);
    assertThat(story.get("deferred").asInt()).isEqualTo(1);
    assertThat(story.get("remaining").isNull()).isTrue();
    assertThat(ok("/sagas?deferred=true").get("items").findValuesAsString("orderId"))
        .containsExactly(Long.toString(order));
    assertThat(type(post("/sagas/" + order + "/retry", act(), 409)))
        .isEqualTo("definition-unknown");
    jdbc.sql("delete from deferred_signal").update();
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
    "/sagas?limit=ten, limit",
    "/sagas?step=No%20Step, step",
    "/sagas?version=one, version",
    "/sagas?held=2, held",
    "/sagas/-1, orderId",
    "/acts?cursor=here, cursor"
  })
  void refusesWhatMakesNoSense(String path, String field) {
    var problem = get(desk, path, 400);

    assertThat(problem.get("type").asString()).endsWith("/invalid-request");
    assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({"/sagas/1, saga-unknown", "/nowhere, not-found"})
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
        .containsPattern("mall_sagas_started_total\\{.*} \\d+");
  }

  @Test
  void servesTheApiThatIsStored() {
    var served =
        desk.get().uri("/v3/api-docs").exchange().returnResult(String.class).getResponseBody();

    StoredApi.assertUnchanged("saga-orchestrator", served);
  }

  @Test
  void tellsWhatRemains() {
    assertThat(texts(ok("/sagas/" + PAYING).get("remaining")))
        .containsExactly("pay", "commit", "confirm", "notify");
    assertThat(texts(ok("/sagas/" + STUCK).get("remaining"))).containsExactly("cancel", "notify");
  }

  @Test
  void retriesOnceWhatWasSeenAndWritesItDown() {
    long order = paying();
    var request = act("step", "pay", "round", 1);

    var saga = post("/sagas/%d/retry".formatted(order), request, 200);
    var problem = post("/sagas/%d/retry".formatted(order), request, 409);

    assertThat(saga.get("round").asInt()).isEqualTo(2);
    assertThat(texts(saga.get("inDoubt"))).containsExactly("pay");
    assertThat(problem.get("type").asString()).endsWith("/saga-moved");
    assertThat(problem.get("detail").asString()).contains("pay, round 2");
    var audit = ok("/sagas/" + order).get("acts");
    assertThat(audit).hasSize(1);
    assertThat(audit.get(0).get("who").asString()).isEqualTo("grace");
    assertThat(audit.get(0).get("act").asString()).isEqualTo("RETRY");
    assertThat(audit.get(0).get("before").get("round").asInt()).isEqualTo(1);
    assertThat(audit.get(0).get("after").get("round").asInt()).isEqualTo(2);
    assertThat(ok("/acts?limit=200").get("items").findValuesAsString("orderId"))
        .containsOnlyOnce(Long.toString(order));
  }

  @Test
  void callsOffBeforeThePivotOnly() {
    long order = paying();
    var path = "/sagas/%d/compensate".formatted(order);

    var saga = post(path, act(), 200);

    assertThat(saga.get("state").asString()).isEqualTo("COMPENSATING");
    assertThat(saga.get("refusal").asString()).isEqualTo("OPERATOR");
    assertThat(texts(saga.get("remaining")))
        .containsExactly("refund", "release", "cancel", "notify");
    assertThat(saga.get("timeline").findValuesAsString("what")).endsWith("CALLED_OFF");
    assertThat(type(post(path, act(), 409))).isEqualTo("saga-compensating");

    long sold = paying();
    receives(answer(sold, "pay", paymentCharged()));
    var late = "/sagas/%d/compensate".formatted(sold);
    assertThat(type(post(late, act(), 409))).isEqualTo("pivot-asked");
    receives(answer(sold, "commit", reservationCommitted()));
    assertThat(type(post(late, act(), 409))).isEqualTo("pivot-passed");
  }

  @Test
  void settlesAStepThatWasDoneByHandUpToTheEnd() {
    long order = paying();
    var path = "/sagas/%d/settle".formatted(order);
    assertThat(type(post(path, settling("reserve"), 409))).isEqualTo("saga-moved");

    post(path, settling("pay"), 200);
    post(path, settling("commit"), 200);
    post(path, settling("confirm"), 200);
    var saga = post(path, settling("notify"), 200);

    assertThat(saga.get("state").asString()).isEqualTo("COMPLETED");
    assertThat(texts(saga.get("remaining"))).isEmpty();
    assertThat(saga.get("acts").findValuesAsString("step"))
        .contains("pay", "commit", "confirm", "notify");
    assertThat(saga.get("acts").get(0).get("evidence").asString()).isEqualTo("receipt 17");
    assertThat(type(post(path, settling("notify"), 409))).isEqualTo("saga-ended");
  }

  @ParameterizedTest
  @CsvSource({"retry, '', why", "settle, step, evidence", "settle, evidence, step"})
  void refusesAnActThatSaysTooLittle(String what, String given, String missing) {
    var body = new HashMap<String, Object>(Map.of("who", "grace"));
    if (!missing.equals("why")) {
      body.put("why", "a test");
      body.put(given, "pay");
    }

    var problem = post("/sagas/%d/%s".formatted(PAYING, what), body, 400);

    assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(missing);
  }

  @Test
  void pausesAStepAndResumesIt() {
    var paused = put("/steps/refund/pause", act(), 200);
    put("/steps/refund/pause", Map.of("who", "linus", "why", "too late"), 200);

    assertThat(paused.get("paused").get("who").asString()).isEqualTo("grace");
    assertThat(ok("/steps").valueStream().map(step -> step.get("step").asString()))
        .containsExactly(
            "reserve", "pay", "commit", "confirm", "notify", "refund", "release", "cancel");
    long order = paying();
    var held = post("/sagas/%d/compensate".formatted(order), act(), 200);
    assertThat(held.get("held").asBoolean()).isTrue();
    assertThat(type(post("/sagas/%d/retry".formatted(order), act(), 409))).isEqualTo("step-paused");

    var resumed = put("/steps/refund/resume", act(), 200);

    assertThat(resumed.get("paused").isNull()).isTrue();
    assertThat(resumed.get("held").asInt()).isOne();
    assertThat(type(put("/steps/dance/pause", act(), 404))).isEqualTo("step-unknown");
  }

  @Test
  void keepsDeadLettersAndSendsThemAgainOrDiscardsThem() {
    var first = letter("first", 0, Instant.now());
    keep(first, first, letter("second", 0, Instant.now()));

    var listed = ok("/dead-letters?type=first").get("items");

    assertThat(listed).hasSize(1);
    var path = "/dead-letters/" + listed.get(0).get("id").asString();
    assertThat(ok(path).get("body").asString()).isEqualTo("{\"some\": \"body\"}");
    assertThat(ok(path).get("headers").get(Headers.DEAD_BY).asString())
        .isEqualTo("another-service");

    assertThat(post(path + "/redrive", act(), 200).get("status").asString()).isEqualTo("REDRIVEN");

    var sent =
        replica
            .bean(JdbcClient.class)
            .sql(
                "select topic, key, headers, payload from outbox"
                    + " where headers::jsonb ->> 'mall-type' = 'first'")
            .query()
            .singleRow();
    assertThat(sent.get("topic")).isEqualTo(Topics.PAYMENT_COMMANDS);
    assertThat(sent.get("key")).isEqualTo("the key");
    assertThat((byte[]) sent.get("payload")).isEqualTo(first.original().body());
    assertThat((String) sent.get("headers"))
        .contains("\"mall-redrives\":\"1\"", first.id().toString())
        .doesNotContain("mall-dead");
    assertThat(type(post(path + "/redrive", act(), 409))).isEqualTo("dead-letter-settled");
    assertThat(type(post(path + "/discard", act(), 409))).isEqualTo("dead-letter-settled");

    var second = ok("/dead-letters?type=second&status=WAITING").get("items").get(0);
    var discarded =
        post("/dead-letters/%s/discard".formatted(second.get("id").asString()), act(), 200);
    assertThat(discarded.get("status").asString()).isEqualTo("DISCARDED");
  }

  @Test
  void forgetsSettledLettersAfterTheHorizonAndWaitingOnesNever() {
    keep(
        letter("old", 0, Instant.now()),
        letter("old", 0, Instant.now()),
        letter("old", 0, Instant.now()));
    var letters = ok("/dead-letters?type=old").get("items");
    for (int settled : List.of(0, 1)) {
      var id = letters.get(settled).get("id").asString();
      post("/dead-letters/%s/discard".formatted(id), act(), 200);
    }
    setBack("settled_at", letters.get(0));
    setBack("died_at", letters.get(2));

    replica.bean(RetentionJob.class).sweep();

    assertThat(ok("/dead-letters?type=old&status=DISCARDED").get("items")).hasSize(1);
    assertThat(ok("/dead-letters?type=old&status=WAITING").get("items")).hasSize(1);
  }

  private static void setBack(String column, JsonNode letter) {
    replica
        .bean(JdbcClient.class)
        .sql(
            "update dead_letter set %s = now() - interval '32 days' where id = ?".formatted(column))
        .param(letter.get("id").asLong())
        .update();
  }

  @Test
  void sendsAFilteredSetAgainAfterADryRun() {
    keep(
        letter("set", 0, Instant.now()),
        letter("set", 2, Instant.now()),
        letter("set", 3, Instant.now()),
        letter("set", 0, Instant.now().minus(Duration.ofDays(31))));
    var path = "/dead-letters/redrive?type=set";

    var dry = post(path, act(), 200);

    assertThat(dry.get("dryRun").asBoolean()).isTrue();
    assertThat(dry.get("matching").asInt()).isEqualTo(4);
    assertThat(dry.get("expired").asInt()).isOne();
    assertThat(dry.get("exhausted").asInt()).isOne();
    assertThat(dry.get("redriven").asInt()).isEqualTo(2);
    assertThat(ok("/dead-letters?type=set&status=WAITING").get("items")).hasSize(4);

    assertThat(post(path + "&dryRun=false", act(), 200).get("redriven").asInt()).isEqualTo(2);
    assertThat(post(path + "&dryRun=false", act(), 200).get("redriven").asInt()).isZero();

    var kept = ok("/dead-letters?type=set&status=WAITING").get("items");
    assertThat(kept).hasSize(2);
    assertThat(
            kept.valueStream()
                .map(letter -> "/dead-letters/%s/redrive".formatted(letter.get("id").asString()))
                .map(each -> type(post(each, act(), 409))))
        .containsExactly("dead-letter-expired", "dead-letter-exhausted");
  }

  @Test
  void sendsLargeLettersAgainFewAtATime() {
    var body = new byte[850_000];
    keep(
        IntStream.range(0, 15)
            .mapToObj(_ -> letter("large", 0, Instant.now(), body))
            .toArray(DeadLetter[]::new));
    var path = "/dead-letters/redrive?type=large";

    assertThat(post(path, act(), 200).get("redriven").asInt()).isEqualTo(10);

    var first = post(path + "&dryRun=false", act(), 200);
    assertThat(first.get("redriven").asInt()).as("8 MB, and one more").isEqualTo(10);
    assertThat(first.get("remaining").asInt()).isEqualTo(5);
    assertThat(post(path + "&dryRun=false", act(), 200).get("redriven").asInt()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /dead-letters/0",
    "POST, /dead-letters/0/redrive",
    "POST, /dead-letters/0/discard"
  })
  void knowsNoOtherDeadLetter(String method, String path) {
    var answer = method.equals("GET") ? get(desk, path, 404) : post(path, act(), 404);

    assertThat(type(answer)).isEqualTo("dead-letter-unknown");
  }

  @Test
  void tellsWhatWaitsInTheOutbox() {
    paying();

    var outbox = ok("/actuator/outbox");

    assertThat(outbox.get("rows").asInt()).isPositive();
    assertThat(outbox.get("oldestSeconds").asDouble()).isNotNegative();
    assertThat(outbox.has("lastFailure")).isTrue();
  }

  @Test
  void listsReleasesAndDiscardsWhatIsQuarantined() {
    quarantine(-7, "refused");
    quarantine(-6, "refused, too");
    var path = "/actuator/outboxquarantine";

    var listed = ok(path);
    assertThat(listed.get("rows").asInt()).isEqualTo(2);
    assertThat(listed.get("oldest").findValuesAsString("reason"))
        .containsExactly("refused", "refused, too");

    var because = Map.of("who", "grace", "why", "the topic takes more now");
    desk.post().uri(path + "/-7").body(because).exchange().expectStatus().isNoContent();
    desk.post().uri(path + "/-7").body(because).exchange().expectStatus().isNotFound();
    desk.post().uri(path + "/-6").body(Map.of()).exchange().expectStatus().isBadRequest();
    desk.delete().uri(path + "/-6?who=grace&why=void").exchange().expectStatus().isNoContent();

    assertThat(ok(path).get("rows").asInt()).isZero();
    assertThat(
            replica
                .bean(JdbcClient.class)
                .sql("select payload from outbox where topic = 'quarantined'")
                .query(byte[].class)
                .single())
        .containsExactly(1, 2, 3);
  }

  private static void quarantine(long number, String reason) {
    replica
        .bean(JdbcClient.class)
        .sql(
            """
            insert into outbox_quarantine (number, topic, key, headers, payload, created_at, reason)
            values (?, 'quarantined', 'k', '{}', '\\x010203', now(), ?)
            """)
        .params(number, reason)
        .update();
  }

  private static long paying() {
    long order = ORDERS.getAndIncrement();
    receives(
        new SagaSignal(order, new Started(anOrder(order), cause())),
        answer(order, "reserve", stockReserved()));
    return order;
  }

  private static void receives(SagaSignal... signals) {
    replica.bean(SagaRunner.class).handle(List.of(signals));
  }

  private static Map<String, Object> act(Object... more) {
    var body = new HashMap<String, Object>(Map.of("who", "grace", "why", "a test"));
    for (int i = 0; i < more.length; i += 2) {
      body.put(more[i].toString(), more[i + 1]);
    }
    return body;
  }

  private static Map<String, Object> settling(String step) {
    return act("step", step, "evidence", "receipt 17");
  }

  private static DeadLetter letter(String type, int redrives, Instant createdAt) {
    return letter(
        type, redrives, createdAt, "{\"some\": \"body\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static DeadLetter letter(String type, int redrives, Instant createdAt, byte[] body) {
    var id = UUID.randomUUID();
    var headers =
        Map.of(
            Headers.ID,
            id.toString(),
            Headers.TYPE,
            type,
            Headers.CREATED_AT,
            createdAt.toString(),
            Headers.DEAD_CAUSE,
            "FAILED",
            Headers.DEAD_BY,
            "another-service",
            Headers.REDRIVES,
            Integer.toString(redrives));
    return new DeadLetter(
        id,
        null,
        null,
        type,
        Topics.PAYMENT_COMMANDS,
        Cause.FAILED,
        "with a NUL: \0",
        new Original("the key", headers, body));
  }

  private static void keep(DeadLetter... letters) {
    replica.bean(StoreDeadLetters.class).keep(List.of(letters));
  }

  private static JsonNode post(String path, Map<String, ?> body, int status) {
    return sent(desk.post().uri(path).body(body), status);
  }

  private static JsonNode put(String path, Map<String, ?> body, int status) {
    return sent(desk.put().uri(path).body(body), status);
  }

  private static JsonNode sent(RestTestClient.RequestHeadersSpec<?> request, int status) {
    return request
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .returnResult(JsonNode.class)
        .getResponseBody();
  }

  private static String type(JsonNode problem) {
    return problem.get("type").asString().replaceAll(".*/", "");
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
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

  private static SagaSignal answer(
      long order, String step, Function<StepKey, ? extends Reply> reply) {
    return new SagaSignal(order, new Replied(reply.apply(new StepKey(order, step, 1)), cause()));
  }

  private static Signal.Cause cause() {
    return new Signal.Cause(UUID.randomUUID(), null);
  }
}
