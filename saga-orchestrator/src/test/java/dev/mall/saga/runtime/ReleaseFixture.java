package dev.mall.saga.runtime;

import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static dev.mall.saga.engine.definition.SagaDefinition.saga;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

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
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.database.TimeFloor;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.RawMessage;
import dev.mall.messaging.outbox.Outbox;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.transaction.support.TransactionTemplate;

/** Releases that know different definitions, on one database. */
abstract class ReleaseFixture extends RuntimeFixture {

  static SagaDefinition<OrderPlaced> first;

  @BeforeAll
  static void start() {
    first = placeOrder();
  }

  /** Knows the first version and starts it. */
  SagaRunner older() {
    return release(1, List.of(first)).runner();
  }

  /** Knows both, and starts the second. */
  SagaRunner newer() {
    return release(2, List.of(first, second())).runner();
  }

  /** Without the notification at the end. */
  static SagaDefinition<OrderPlaced> second() {
    return saga("place-order", 2, OrderPlaced.class, _ -> Verdict.advance())
        .startedOnlyBy(CheckoutMode.SAGA)
        .defaultTimeout(ofSeconds(10), new RetryPolicy(2, ofMinutes(1), 0.2))
        .cancelledByOperatorAs(CancelReason.OPERATOR)
        .compensatable("reserve", ReleaseFixture::reserve)
        .compensatedBy("release", (key, _) -> new ReleaseReservation(key))
        .giveUpAfter(ofMinutes(10), CancelReason.TIMED_OUT)
        .compensatable("pay", ReleaseFixture::charge)
        .compensatedBy("refund", (key, _) -> new RefundPayment(key))
        .giveUpAfter(ofMinutes(10), CancelReason.TIMED_OUT)
        .pivot("commit", (key, _) -> new CommitReservation(key))
        .retriable("confirm", (key, _) -> new ConfirmOrder(key))
        .afterCompensation(
            "cancel", (key, _, why) -> new CancelOrder(key, CancelReason.valueOf(why)))
        .build(Map.of());
  }

  static ReserveStock reserve(StepKey key, OrderPlaced order) {
    var lines = order.lines().stream().map(line -> new Line(line.sku(), line.quantity())).toList();
    return new ReserveStock(key, order.customerId(), lines);
  }

  static ChargePayment charge(StepKey key, OrderPlaced order) {
    return new ChargePayment(
        key, order.customerId(), order.totalMinor(), order.currency(), order.method());
  }

  /** One process of a release. */
  record Release(SagaRunner runner, DueSagas due) {}

  static Release release(int startedVersion, List<SagaDefinition<OrderPlaced>> known) {
    var definitions = new SagaDefinitions(List.of(new Saga<>(known, startedVersion)));
    var codec = replica.bean(MessageCodec.class);
    var rows = new SagaRows(codec, definitions);
    var floor = ofSeconds(20);
    var due = new DueSagas(jdbc, definitions, rows, new TimeFloor(floor), new TimeFloor(floor));
    var sagas = new SagaStore(jdbc, rows, replica.bean(Outbox.class));
    var deferred = new DeferredSignals(jdbc, codec, rows, definitions);
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
  static SagaDefinition<OrderPlaced> placeOrder() {
    return (SagaDefinition<OrderPlaced>)
        replica.bean(SagaDefinitions.class).find(new DefinitionId("place-order", 1)).orElseThrow();
  }

  OperatorActionOutcome act(long order) {
    return older()
        .act(
            order,
            new Decided(
                OperatorAction.RETRY, new OperatorAction.Place(null, null), "grace", "a test"),
            _ -> {});
  }

  static SagaSignal reserved(long order) {
    return incoming(stockReserved().apply(new StepKey(order, "reserve", 1)));
  }

  static SagaSignal paid(long order) {
    return incoming(paymentCharged().apply(new StepKey(order, "pay", 1)));
  }

  /** As it would be read from its topic. */
  static SagaSignal incoming(Message message) {
    var codec = replica.bean(MessageCodec.class);
    var headers =
        Map.of(
            Headers.ID, UUID.randomUUID().toString(),
            Headers.TYPE, MessageTypes.nameOf(message.getClass()),
            Headers.VERSION, "1",
            Headers.ORDER_ID, message.key(),
            Headers.CREATED_AT, Instant.now().toString());
    var raw = new RawMessage(Topics.of(message), message.key(), headers, codec.body(message));
    return codec
        .read(raw)
        .map(read -> SagaSignal.of(read, replica.bean(SagaDefinitions.class)))
        .orElseThrow();
  }

  static int deferred(long order) {
    return jdbc.sql("select count(*) from deferred_signal where order_id = ?")
        .param(order)
        .query(Integer.class)
        .single();
  }
}
