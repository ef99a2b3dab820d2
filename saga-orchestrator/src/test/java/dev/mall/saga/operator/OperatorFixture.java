package dev.mall.saga.operator;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.settlementRefused;
import static dev.mall.saga.checkout.Replies.stockReserved;

import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.saga.IdleReplica;
import dev.mall.saga.Replica;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.runtime.SagaRunner;
import dev.mall.saga.runtime.store.SagaSignal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** The operator's API, called over HTTP, with four sagas in different states. */
@ExtendWith(IdleReplica.class)
abstract class OperatorFixture {

  static final long RESERVING = 9_007_199_254_740_993L; // no JavaScript number holds it
  static final long PAYING = RESERVING + 1;
  static final long CANCELLING = RESERVING + 2;
  static final long STUCK = RESERVING + 3;

  static final AtomicLong ORDERS = new AtomicLong(1_000);

  static Replica replica;
  static RestTestClient client;

  @BeforeAll
  static void start() {
    IdleReplica.clear();
    replica = IdleReplica.get();
    client =
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
  void deleteSagasOfTheTest() {
    replica
        .bean(JdbcClient.class)
        .sql("delete from saga where order_id < ?")
        .param(RESERVING)
        .update();
  }

  static long paying() {
    long order = ORDERS.getAndIncrement();
    receives(
        new SagaSignal(order, new Started(anOrder(order), cause())),
        answer(order, "reserve", stockReserved()));
    return order;
  }

  static void receives(SagaSignal... signals) {
    replica.bean(SagaRunner.class).handle(List.of(signals));
  }

  static Map<String, Object> act(Object... more) {
    var body = new HashMap<String, Object>(Map.of("who", "grace", "why", "a test"));
    for (int i = 0; i < more.length; i += 2) {
      body.put(more[i].toString(), more[i + 1]);
    }
    return body;
  }

  static JsonNode post(String path, Map<String, ?> body, int status) {
    return sent(client.post().uri(path).body(body), status);
  }

  static JsonNode put(String path, Map<String, ?> body, int status) {
    return sent(client.put().uri(path).body(body), status);
  }

  static JsonNode sent(RestTestClient.RequestHeadersSpec<?> request, int status) {
    return request
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .returnResult(JsonNode.class)
        .getResponseBody();
  }

  static String type(JsonNode problem) {
    return problem.get("type").asString().replaceAll(".*/", "");
  }

  static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  static JsonNode ok(String path) {
    return get(client, path, 200);
  }

  static JsonNode get(RestTestClient by, String path, int status) {
    return by.get()
        .uri(path)
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .returnResult(JsonNode.class)
        .getResponseBody();
  }

  static SagaSignal answer(long order, String step, Function<StepKey, ? extends Reply> reply) {
    return new SagaSignal(order, new Replied(reply.apply(new StepKey(order, step, 1)), cause()));
  }

  static Signal.Cause cause() {
    return new Signal.Cause(UUID.randomUUID(), null);
  }

  static void quarantine(Replica replica, long number, String reason) {
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
}
