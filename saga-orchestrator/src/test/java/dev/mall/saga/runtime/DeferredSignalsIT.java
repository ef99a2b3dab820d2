package dev.mall.saga.runtime;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.engine.definition.SagaDefinition.saga;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.saga.engine.definition.DefinitionId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Signals of sagas whose definition a release does not know. */
class DeferredSignalsIT extends ReleaseFixture {

  private static final DefinitionId SECOND = new DefinitionId("place-order", 2);

  @Test
  void anOpenSagaOfAnUnknownDefinitionHoldsUpNoNeighbour() {
    long theirs = newOrder();
    long ours = newOrder();
    newer().handle(List.of(incoming(anOrder(theirs))));
    var deferrals = replica.bean(MeterRegistry.class).counter("mall.sagas.deferrals");
    var before = deferrals.count();

    older()
        .handle(
            List.of(
                reserved(theirs),
                incoming(anOrder(theirs)), // announced once more
                incoming(anOrder(ours)),
                reserved(ours)));

    assertThat(column("step", ours)).isEqualTo("pay");
    assertThat(column("step", theirs)).isEqualTo("reserve");
    assertThat(deferred(theirs)).isEqualTo(1);
    assertThat(deferrals.count()).isEqualTo(before + 1);
  }

  @Test
  void anEndedSagaNeedsNoDefinition() {
    long ended = newOrder();
    long ours = newOrder();
    newer().handle(List.of(incoming(anOrder(ended))));
    jdbc.sql("update saga set state = 'COMPLETED', version = 9, deadline = null").update();

    older().handle(List.of(reserved(ended), incoming(anOrder(ended)), incoming(anOrder(ours))));

    assertThat(column("step", ours)).isEqualTo("reserve");
    assertThat(column("lines", ended)).isEqualTo(1);
    assertThat(deferred(ended)).isZero();
    assertThat(act(ended)).isInstanceOf(OperatorActionOutcome.Refused.class);
  }

  @Test
  void anArchivedSagaNeedsNoDefinition() {
    long archived = newOrder();
    long ours = newOrder();
    newer().handle(List.of(incoming(anOrder(archived))));
    jdbc.sql("update saga set state = 'COMPLETED', deadline = null").update();
    jdbc.sql(
            "with moved as (delete from saga where order_id = ? returning *)"
                + " insert into saga_archive select * from moved")
        .param(archived)
        .update();

    older()
        .handle(List.of(reserved(archived), incoming(anOrder(archived)), incoming(anOrder(ours))));

    assertThat(column("step", ours)).isEqualTo("reserve");
    assertThat(jdbc.sql("select order_id from saga").query(Long.class).list())
        .containsExactly(ours);
    assertThat(deferred(archived)).isZero();
  }

  @Test
  void refusesAnActionOnASagaOfAnotherRelease() {
    long theirs = newOrder();
    newer().handle(List.of(incoming(anOrder(theirs))));

    assertThat(act(theirs)).isEqualTo(new OperatorActionOutcome.UnknownDefinition(SECOND));
  }

  @Test
  void aReleaseThatKnowsTheDefinitionTakesUpWhatWasDeferred() {
    long theirs = newOrder();
    newer().handle(List.of(incoming(anOrder(theirs))));
    var reply = reserved(theirs);
    older().handle(List.of(reply));
    older().handle(List.of(reply)); // repeated
    assertThat(deferred(theirs)).isEqualTo(1);

    assertThat(older().takeUpDeferred(10)).isZero();
    assertThat(newer().takeUpDeferred(10)).isEqualTo(1);

    assertThat(column("step", theirs)).isEqualTo("pay");
    assertThat(deferred(theirs)).isZero();
    assertThat(sent(theirs)).containsExactly("ReserveStock", "ChargePayment");
    assertThat(newer().takeUpDeferred(10)).isZero();
  }

  @Test
  void whatWasDeferredComesBeforeWhatComesAfterwards() {
    long theirs = newOrder();
    newer().handle(List.of(incoming(anOrder(theirs))));
    older().handle(List.of(reserved(theirs)));

    newer().handle(List.of(paid(theirs)));

    assertThat(column("step", theirs)).isEqualTo("commit");
    assertThat(deferred(theirs)).isZero();
  }

  @Test
  void whatWasDeferredIsReadBeforeADeadlineIsJudged() {
    long theirs = newOrder();
    newer().handle(List.of(incoming(anOrder(theirs))));
    older().handle(List.of(reserved(theirs)));
    jdbc.sql("delete from outbox").update();
    jdbc.sql("update saga set deadline = clock_timestamp() - interval '1 hour'").update();

    newer().passDeadlines(Instant.now(), Unread.anywhereIn(Set.of()), 10);

    assertThat(column("step", theirs)).isEqualTo("pay");
    assertThat(sent(theirs)).containsExactly("ChargePayment"); // and no ReserveStock again
  }

  @Test
  void whatWasDeferredForASagaThatHasEndedIsDropped() {
    long theirs = newOrder();
    newer().handle(List.of(incoming(anOrder(theirs))));
    older().handle(List.of(reserved(theirs)));
    jdbc.sql("update saga set state = 'COMPLETED', deadline = null").update();

    assertThat(older().takeUpDeferred(10)).isEqualTo(1);

    assertThat(deferred(theirs)).isZero();
    assertThat(column("lines", theirs)).isEqualTo(1);
  }

  @Test
  void aDeadlineThatWasPassedOverIsFoundByAReleaseThatKnowsTheDefinition() {
    long theirs = newOrder();
    newer().handle(List.of(incoming(anOrder(theirs))));
    jdbc.sql("update saga set deadline = clock_timestamp() - interval '1 hour'").update();
    var older = release(1, List.of(first)).due();

    for (int look = 0; look < 2; look++) { // the second begins at a floor
      assertThat(older.nextWork().deadline()).isEmpty();
    }

    var newer = release(1, List.of(first, second())).due();
    assertThat(newer.nextWork().deadline()).isPresent();
    assertThat(newer.nextWork().deadline()).as("nothing was done about it").isPresent();
    assertThat(inTransaction(() -> newer.claimDue(Instant.now(), 10)))
        .extracting(saga -> saga.id())
        .containsExactly(theirs);
  }
}
