package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Event;
import dev.mall.contracts.Event.PaymentEvent.OrderRefunded;
import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.retention.RetentionJob;
import dev.mall.order.choreography.SettleByEvents;
import dev.mall.testing.messages.SentCommands;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;

/** Customers whose payments are declined one after the other; five a minute are allowed. */
class DeclinedPaymentsIT extends OrderServiceTests {

  private static final String KEY = "Idempotency-Key";
  private static final int ALLOWED = 5;

  @Autowired SettleByEvents choreography;
  @Autowired RetentionJob sweeper;
  @Autowired MeterRegistry meters;

  private String customer;
  private String sku;

  @BeforeEach
  void shop() {
    customer = aCustomer();
    sku = aProduct(10);
  }

  @Test
  void aBurstIsRefusedUntilItsTimeIsOver() {
    declined(orders(ALLOWED));
    var last = place();

    declined(List.of(last.orderId()));
    var refused = place();

    assertThat(last.status()).isEqualTo(202);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.problem()).isEqualTo("too-many-declined-payments");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    assertThat(ordersOf(customer)).isEqualTo(ALLOWED + 1);
  }

  @Test
  void otherCustomersOrderAsBefore() {
    declined(orders(ALLOWED + 1));

    assertThat(client().post(order(aCustomer(), sku, 1)).status()).isEqualTo(202);
  }

  @Test
  void refusalsAreCounted() {
    declined(orders(ALLOWED + 1));
    place();
    double before = refusals();

    place();
    place();

    assertThat(refusals()).isEqualTo(before + 2);
  }

  /** The age of a row is what PostgreSQL's clock says. */
  @Test
  void theWindowPassesByTheClockOfTheDatabase() {
    declined(orders(ALLOWED + 1));
    age("30 s");
    var early = place();

    age("30 s");

    assertThat(early.status()).isEqualTo(429);
    assertThat(Integer.parseInt(early.header("Retry-After"))).isBetween(1, 30);
    assertThat(place().status()).isEqualTo(202);
  }

  /** Its clock was set back: what is in its future would be refused for as long. */
  @Test
  void aDeclineInTheFutureDoesNotCount() {
    declined(orders(ALLOWED + 1));

    age("-1 h");

    assertThat(place().status()).isEqualTo(202);
  }

  @Test
  void aConfirmedOrderEndsIt() {
    long paid = place().orderId();
    declined(orders(ALLOWED + 1));
    assertThat(place().status()).isEqualTo(429);

    settle(confirm(paid));

    assertThat(place().status()).isEqualTo(202);
    assertThat(rowsOf(customer)).isZero();
  }

  @Test
  void aConfirmedOrderOfTheSameBatchOutweighsIt() {
    long paid = place().orderId();
    var declined = orders(ALLOWED + 1).stream().map(id -> cancel(id, CancelReason.NO_WALLET));

    settle(Stream.concat(declined, Stream.of(confirm(paid))).toArray(OrderCommand[]::new));

    assertThat(place().status()).isEqualTo(202);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"INSUFFICIENT_FUNDS", "NO_WALLET", "WRONG_CURRENCY"},
      mode = Mode.EXCLUDE)
  void anOrderCancelledForAnotherReasonDoesNotCount(CancelReason reason) {
    cancelled(orders(ALLOWED + 1), reason);

    assertThat(place().status()).isEqualTo(202);
  }

  @ParameterizedTest
  @EnumSource(names = {"INSUFFICIENT_FUNDS", "NO_WALLET", "WRONG_CURRENCY"})
  void everyDeclineCounts(CancelReason reason) {
    cancelled(orders(ALLOWED + 1), reason);

    assertThat(place().status()).isEqualTo(429);
  }

  @Test
  void anOrderWithoutAnOrchestratorCounts() {
    var events =
        orders(ALLOWED + 1, CheckoutProperties.HEADER, "CHOREOGRAPHY").stream()
            .map(id -> SentCommands.<Event>received(new OrderRefunded(id, CancelReason.NO_WALLET)))
            .toList();

    choreography.handle(events);

    assertThat(place().status()).isEqualTo(429);
  }

  @Test
  void aCommandThatComesAgainCountsOnce() {
    var orders = orders(ALLOWED);

    declined(orders);
    declined(orders);

    assertThat(place().status()).isEqualTo(202);
  }

  @Test
  void aRepeatedRequestGetsItsOrderAndARefusedOneIsNotRemembered() {
    var known = place(KEY, "known");
    declined(orders(ALLOWED + 1));

    var replayed = place(KEY, "known");
    var refused = place(KEY, "new");
    age("61 s");
    var later = place(KEY, "new");

    assertThat(replayed.status()).isEqualTo(202);
    assertThat(replayed.orderId()).isEqualTo(known.orderId());
    assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(later.status()).isEqualTo(202);
    assertThat(later.header("Idempotent-Replayed")).isEmpty();
  }

  @Test
  void rowsThatCountNoMoreAreDeleted() {
    declined(orders(ALLOWED + 1));
    sweeper.sweep();
    assertThat(rowsOf(customer)).isEqualTo(ALLOWED + 1);

    age("61 s");
    sweeper.sweep();

    assertThat(rowsOf(customer)).isZero();
  }

  private Client.Answer place(String... headers) {
    return client().post(order(customer, sku, 1), headers);
  }

  private List<Long> orders(int count, String... headers) {
    return IntStream.range(0, count).mapToObj(_ -> place(headers).orderId()).toList();
  }

  private void declined(List<Long> orders) {
    cancelled(orders, CancelReason.INSUFFICIENT_FUNDS);
  }

  private void cancelled(List<Long> orders, CancelReason reason) {
    settle(orders.stream().map(id -> cancel(id, reason)).toArray(CancelOrder[]::new));
  }

  private static CancelOrder cancel(long order, CancelReason reason) {
    return new CancelOrder(new StepKey(order, "cancel", 1), reason);
  }

  private void age(String interval) {
    jdbc.sql(
            "update declined_payment set declined_at = declined_at - cast(? as interval) where customer_id = ?")
        .params(interval, customer)
        .update();
  }

  private long rowsOf(String customer) {
    return count("declined_payment", customer);
  }

  private long ordersOf(String customer) {
    return count("orders", customer);
  }

  private long count(String table, String customer) {
    return jdbc.sql("select count(*) from %s where customer_id = ?".formatted(table))
        .param(customer)
        .query(Long.class)
        .single();
  }

  private double refusals() {
    return meters
        .get("mall.orders.refused")
        .tag("why", "TooManyDeclinedPayments")
        .counter()
        .count();
  }
}
