package dev.mall.saga.operator;

import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.reservationCommitted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's actions on sagas and steps, and their audit. */
class SagaActionsIT extends OperatorFixture {

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
  void compensatesBeforeThePivotOnly() {
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
        .containsSubsequence(
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

  private static Map<String, Object> settling(String step) {
    return act("step", step, "evidence", "receipt 17");
  }
}
