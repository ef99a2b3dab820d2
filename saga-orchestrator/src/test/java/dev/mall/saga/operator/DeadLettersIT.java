package dev.mall.saga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.DeadLetter.Original;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.retention.RetentionJob;
import dev.mall.saga.operator.deadletters.StoreDeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Dead letters, stored, redriven and discarded. */
class DeadLettersIT extends OperatorFixture {

  @Test
  void storesDeadLettersAndRedrivesOrDiscardsThem() {
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
  void deletesSettledDeadLettersAfterTheRetentionPeriodAndWaitingOnesNever() {
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
  void redrivesAFilteredSetAfterADryRun() {
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
  void redrivesLargeDeadLettersInSeveralRequests() {
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
    var answer = method.equals("GET") ? get(client, path, 404) : post(path, act(), 404);

    assertThat(type(answer)).isEqualTo("dead-letter-unknown");
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
}
