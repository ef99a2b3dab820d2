package dev.mall.saga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.DeadLetter.Original;
import dev.mall.saga.runtime.SagaRunner;
import dev.mall.saga.runtime.store.SagaSignal;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sagas as the operator lists and reads them. */
class SagaQueriesIT extends OperatorFixture {

  @Test
  void showsASagaWithItsTimeline() {
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
    assertThat(saga.get("timeline").get(1).get("received").asString()).isEqualTo("OutOfStock");
    assertThat(saga.get("timeline").get(1).get("sent").asString()).isEqualTo("CancelOrder");
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

    replica.bean(SagaRunner.class).handle(SagaSignal.of(letter));

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
  void listsPageByPage() {
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
    var problem = get(client, path, 400);

    assertThat(problem.get("type").asString()).endsWith("/invalid-request");
    assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({"/sagas/1, saga-unknown", "/nowhere, not-found"})
  void knowsNothingOfOtherOrders(String path, String type) {
    assertThat(get(client, path, 404).get("type").asString()).endsWith("/" + type);
  }

  @Test
  void showsTheRemainingSteps() {
    assertThat(texts(ok("/sagas/" + PAYING).get("remaining")))
        .containsExactly("pay", "commit", "confirm", "notify");
    assertThat(texts(ok("/sagas/" + STUCK).get("remaining"))).containsExactly("cancel", "notify");
  }
}
