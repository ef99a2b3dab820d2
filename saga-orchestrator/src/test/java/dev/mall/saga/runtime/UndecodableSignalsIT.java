package dev.mall.saga.runtime;

import static dev.mall.saga.checkout.Replies.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Stored events and replies that a release cannot decode. */
class UndecodableSignalsIT extends ReleaseFixture {

  @Test
  void whatWasDeferredAndFailsParksItsSagaAndHoldsUpNothingElse() {
    long broken = newOrder();
    long sound = newOrder();
    newer().handle(List.of(incoming(anOrder(broken)), incoming(anOrder(sound))));
    older().handle(List.of(reserved(broken), reserved(sound)));
    jdbc.sql("update saga set state = 'COMPENSATING' where order_id = ?").param(broken).update();

    assertThat(newer().takeUpDeferred(10)).isEqualTo(2);

    assertThat(column("step", sound)).isEqualTo("pay");
    assertThat((String) column("parked_why", broken)).contains("is at reserve, which is none of");
    assertThat(deferred(broken)).isZero();
  }

  @Test
  void anEventOfAVersionThatIsNotReadIsForeignToo() {
    long order = newOrder();
    older().handle(List.of(incoming(anOrder(order))));
    jdbc.sql("update saga set event = '7 ' || event, deadline = now() - interval '1 h'").update();

    older().handle(List.of(reserved(order)));

    assertThat(deferred(order)).isEqualTo(1);
    assertThat(release(1, List.of(first)).due().nextWork().deadline()).isEmpty();
    assertThat(inTransaction(() -> release(1, List.of(first)).due().claimDue(Instant.now(), 10)))
        .isEmpty();

    jdbc.sql("update saga set event = '1 ' || substr(event, 3)").update();
    older().takeUpDeferred(10);

    assertThat(column("step", order)).isEqualTo("pay");
  }

  @Test
  void aSagaWhoseEventDoesNotDecodeIsLeftAloneAndHoldsUpNothing() {
    var broken = List.of(newOrder(), newOrder(), newOrder());
    long sound = newOrder();
    broken.forEach(order -> older().handle(List.of(incoming(anOrder(order)))));
    older().handle(List.of(incoming(anOrder(sound))));
    jdbc.sql("update saga set event = '{\"placedAt\": \"no time\"}' where order_id <> ?")
        .param(sound)
        .update();
    shipAll();
    makeAllDue();
    var release = release(1, List.of(first));

    release.runner().passDeadlines(Instant.now(), Unread.anywhereIn(Set.of()), 10);

    assertThat(column("attempt", sound)).isEqualTo(2);
    assertThat(broken).allMatch(order -> column("attempt", order).equals(1));
    assertThat(broken).allMatch(order -> column("parked_why", order) == null);
    var next = release.due().nextWork();
    assertThat(next.deadline().orElseThrow()).isAfter(next.now()); // no spin

    var reply = reserved(broken.getFirst());
    release.runner().handle(List.of(reply, reserved(sound)));

    assertThat(column("step", sound)).isEqualTo("pay");
    assertThat(deferred(broken.getFirst())).isEqualTo(1);
    assertThat(release.runner().takeUpDeferred(10)).isZero(); // no spin
    assertThat(act(broken.getFirst())).isInstanceOf(OperatorActionOutcome.UnknownDefinition.class);
  }

  @Test
  void aSagaWhoseEventCanBeReadAgainGoesOn() {
    long order = newOrder();
    older().handle(List.of(incoming(anOrder(order))));
    var release = release(1, List.of(first));
    var event = (String) column("event", order);
    jdbc.sql("update saga set event = '{\"placedAt\": \"no time\"}'").update();
    release.runner().handle(List.of(reserved(order)));
    assertThat(deferred(order)).isEqualTo(1);
    jdbc.sql("update saga set event = ?").param(event).update();

    release.runner().handle(List.of(paid(order)));

    assertThat(column("step", order)).isEqualTo("commit");
    assertThat(deferred(order)).isZero();
  }

  @Test
  void aDeferredReplyThatDoesNotDecodeHoldsUpNoOther() {
    long headers = newOrder();
    long body = newOrder();
    long sound = newOrder();
    for (long order : List.of(headers, body, sound)) {
      newer().handle(List.of(incoming(anOrder(order))));
      older().handle(List.of(reserved(order)));
    }
    jdbc.sql("update deferred_signal set headers = 'odd' where order_id = ?")
        .param(headers)
        .update();
    jdbc.sql("update deferred_signal set payload = 'odd'::bytea where order_id = ?")
        .param(body)
        .update();

    assertThat(newer().takeUpDeferred(10)).isEqualTo(3);

    assertThat(column("step", sound)).isEqualTo("pay");
    assertThat(column("step", headers)).isEqualTo("reserve");
    assertThat(column("step", body)).isEqualTo("reserve");
    assertThat(newer().takeUpDeferred(10)).isZero();
  }
}
