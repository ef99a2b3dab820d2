package dev.mall.saga.runtime;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static dev.mall.saga.engine.definition.SagaDefinition.saga;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.Message;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.database.TimeFloor;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.RawMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.saga.checkout.Participants;
import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.engine.definition.DefinitionId;
import dev.mall.saga.engine.definition.RetryPolicy;
import dev.mall.saga.engine.definition.Saga;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.engine.definition.Verdict;
import dev.mall.saga.runtime.store.DeferredSignals;
import dev.mall.saga.runtime.store.DueSagas;
import dev.mall.saga.runtime.store.SagaRows;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.saga.runtime.store.SagaStore;
import dev.mall.saga.runtime.store.TimelineStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Releases that know different definitions, on one database. */
class DeferredSignalsIT extends RuntimeFixture {

  private static final DefinitionId SECOND = new DefinitionId("place-order", 2);

  private static SagaDefinition<OrderPlaced> first;

  @BeforeAll
  static void start() {
    first = placeOrder();
  }

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

  /**
   * Releases change from batch to batch, forward and back, while orders come in and replies are
   * repeated and shuffled.
   */
  @Test
  void endsAllSagasOnceWhileReleasesRollForwardAndBack() {
    for (int seed = 0; seed < 5; seed++) {
      var random = new Random(seed);
      clear();
      var shop = new Participants(1_000_000, 1_000_000_000);
      var commands = new HashMap<String, Integer>();
      var orders = new ArrayList<Long>();
      var waiting = new ArrayList<SagaSignal>();
      for (int round = 0; round < 60; round++) {
        if (round < 40) {
          orders.add(newOrder());
          waiting.add(incoming(anOrder(orders.getLast())));
        }
        var release =
            round < 50 ? List.of(older(), both(), newer()).get(random.nextInt(3)) : newer();
        Collections.shuffle(waiting, random);
        int many = round < 50 ? random.nextInt(waiting.size() + 1) : waiting.size();
        var batch = List.copyOf(waiting.subList(0, many));
        waiting.subList(0, many).clear();
        if (!batch.isEmpty()) {
          release.handle(batch);
        }
        release.takeUpDeferred(5);
        drain(shop, commands, waiting, random);
      }

      assertThat(jdbc.sql("select count(*) from deferred_signal").query(Integer.class).single())
          .as("seed %d", seed)
          .isZero();
      assertThat(orders).as("seed %d", seed).allMatch(o -> column("state", o).equals("COMPLETED"));
      assertThat(versions()).as("seed %d", seed).containsExactlyInAnyOrder(1, 2);
      assertThat(commands.values()).as("seed %d: each sent once", seed).containsOnly(1);
    }
  }

  /** Has the commands carried out that wait to be sent; a third of the replies come twice. */
  private void drain(
      Participants shop, Map<String, Integer> commands, List<SagaSignal> waiting, Random random) {
    for (var command : unsent()) {
      commands.merge(command.step().toString(), 1, Integer::sum);
      var reply = incoming(shop.handle(command));
      waiting.add(reply);
      if (random.nextInt(3) == 0) {
        waiting.add(reply);
      }
    }
  }

  private static List<Command> unsent() {
    var codec = replica.bean(MessageCodec.class);
    var found =
        jdbc.sql(
                "select headers::jsonb ->> 'mall-type' as type, payload from outbox order by number")
            .query((row, _) ->
                codec.decode(
                    MessageTypes.named(row.getString("type"))
                        .orElseThrow()
                        .asSubclass(Command.class),
                    1,
                    row.getBytes("payload")))
            .list();
    jdbc.sql("delete from outbox").update();
    return List.<Command>copyOf(found);
  }

  private static List<Integer> versions() {
    return jdbc.sql("select distinct version from saga").query(Integer.class).list();
  }

  /** Knows the first version and starts it. */
  private SagaRunner older() {
    return release(1, List.of(first)).runner();
  }

  /** Knows both, and still starts the first. */
  private SagaRunner both() {
    return release(1, List.of(first, second())).runner();
  }

  /** Knows both, and starts the second. */
  private SagaRunner newer() {
    return release(2, List.of(first, second())).runner();
  }

  /** Without the notification at the end. */
  private static SagaDefinition<OrderPlaced> second() {
    return saga("place-order", 2, OrderPlaced.class, _ -> Verdict.advance())
        .defaultTimeout(ofSeconds(10), new RetryPolicy(2, ofMinutes(1), 0.2))
        .cancelledByOperatorAs(CancelReason.OPERATOR)
        .compensatable("reserve", DeferredSignalsIT::reserve)
        .compensatedBy("release", (key, _) -> new ReleaseReservation(key))
        .giveUpAfter(ofMinutes(10), CancelReason.TIMED_OUT)
        .compensatable("pay", DeferredSignalsIT::charge)
        .compensatedBy("refund", (key, _) -> new RefundPayment(key))
        .giveUpAfter(ofMinutes(10), CancelReason.TIMED_OUT)
        .pivot("commit", (key, _) -> new CommitReservation(key))
        .retriable("confirm", (key, _) -> new ConfirmOrder(key))
        .afterCompensation(
            "cancel", (key, _, why) -> new CancelOrder(key, CancelReason.valueOf(why)))
        .build(Map.of());
  }

  private static ReserveStock reserve(StepKey key, OrderPlaced order) {
    var lines = order.lines().stream().map(line -> new Line(line.sku(), line.quantity())).toList();
    return new ReserveStock(key, order.customerId(), lines);
  }

  private static ChargePayment charge(StepKey key, OrderPlaced order) {
    return new ChargePayment(
        key, order.customerId(), order.totalMinor(), order.currency(), order.method());
  }

  /** One process of a release. */
  private record Release(SagaRunner runner, DueSagas due) {}

  private static Release release(int startedVersion, List<SagaDefinition<OrderPlaced>> known) {
    var definitions = new SagaDefinitions(List.of(new Saga<>(known, startedVersion)));
    var codec = replica.bean(MessageCodec.class);
    var rows = new SagaRows(codec, definitions);
    var floor = ofSeconds(20);
    var due = new DueSagas(jdbc, definitions, rows, new TimeFloor(floor), new TimeFloor(floor));
    var sagas = new SagaStore(jdbc, rows, replica.bean(Outbox.class));
    var deferred = new DeferredSignals(jdbc, codec, rows);
    var writer =
        new BatchWriter(
            sagas,
            replica.bean(TimelineStore.class),
            deferred,
            replica.bean(Outbox.class),
            replica.context());
    var transaction = replica.bean(TransactionTemplate.class);
    return new Release(new SagaRunner(definitions, sagas, due, deferred, writer, transaction), due);
  }

  @SuppressWarnings("unchecked") // the only saga of the service is started by this event
  private static SagaDefinition<OrderPlaced> placeOrder() {
    return (SagaDefinition<OrderPlaced>)
        replica.bean(SagaDefinitions.class).find(new DefinitionId("place-order", 1)).orElseThrow();
  }

  private OperatorActionOutcome act(long order) {
    return older()
        .act(
            order,
            new Decided(
                OperatorAction.RETRY, new OperatorAction.Place(null, null), "grace", "a test"),
            _ -> {});
  }

  private static SagaSignal reserved(long order) {
    return incoming(stockReserved().apply(new StepKey(order, "reserve", 1)));
  }

  private static SagaSignal paid(long order) {
    return incoming(
        dev.mall.saga.checkout.Replies.paymentCharged().apply(new StepKey(order, "pay", 1)));
  }

  /** As it would be read from its topic. */
  private static SagaSignal incoming(Message message) {
    var codec = replica.bean(MessageCodec.class);
    var headers =
        Map.of(
            Headers.ID, UUID.randomUUID().toString(),
            Headers.TYPE, MessageTypes.nameOf(message.getClass()),
            Headers.VERSION, "1",
            Headers.ORDER_ID, message.key(),
            Headers.CREATED_AT, Instant.now().toString());
    var raw = new RawMessage(Topics.of(message), message.key(), headers, codec.body(message));
    return codec.read(raw).map(SagaSignal::of).orElseThrow();
  }

  private static int deferred(long order) {
    return jdbc.sql("select count(*) from deferred_signal where order_id = ?")
        .param(order)
        .query(Integer.class)
        .single();
  }
}
