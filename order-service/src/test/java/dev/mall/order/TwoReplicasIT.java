package dev.mall.order;

import static dev.mall.contracts.values.CancelReason.NO_WALLET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderReply;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.values.StepKey;
import dev.mall.order.Client.Answer;
import dev.mall.order.settle.SettleOrders;
import dev.mall.testing.messages.SentCommands;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** The service twice, on one database. */
class TwoReplicasIT extends OrderServiceTests {

  private static @Nullable ConfigurableApplicationContext other;

  @Autowired MeterRegistry meters;

  @BeforeEach
  void startTheOther() {
    if (other == null) {
      other = anotherReplica("--management.tracing.sampling.probability=1");
      awaitOpen(other);
    }
  }

  @AfterAll
  static void stopTheOther() {
    if (other != null) {
      other.close();
      other = null;
    }
  }

  @Test
  void makeOneOrderOfOneKey() {
    var customer = aCustomer();
    var sku = aProduct(10);
    var clients = List.of(client(), clientOf(other));

    for (int round = 0; round < 20; round++) {
      var key = "round-" + round;
      var answers =
          IntStream.range(0, 10)
              .mapToObj(
                  i -> clients.get(i % 2).posts(order(customer, sku, 1), "Idempotency-Key", key))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();

      assertThat(answers).extracting(Answer::status).containsOnly(202);
      assertThat(answers.stream().map(Answer::orderId).distinct()).hasSize(1);
    }
    assertThat(ordersOf(customer)).hasSize(20);
  }

  @Test
  void settleWhatTheOtherTookAndAnswerTheSame() {
    long order = clientOf(other).post(order(aCustomer(), aProduct(10), 1)).orderId();

    settle(confirm(order));
    other.getBean(SettleOrders.class).handle(List.of(SentCommands.received(confirm(order))));

    assertThat(sent.await(2, OrderReply.class, order))
        .extracting(received -> (Object) received.message())
        .containsOnly(new OrderSettled(confirm(order).step()));
    assertThat(sent.await(1, OrderConfirmed.class, order)).hasSize(1);
  }

  @Test
  void wakeWhoWaitsAtTheOther() {
    var customer = aCustomer();
    var answer = client().posts(order(customer, aProduct(10), 1), "Prefer", "wait=30");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 1);

    other
        .getBean(SettleOrders.class)
        .handle(List.of(SentCommands.received(confirm(ordersOf(customer).getFirst()))));

    assertThat(answer.join().orderStatus()).isEqualTo("CONFIRMED");
  }

  @Test
  void refuseACustomerWhoseDeclinedPaymentsTheOtherSaw() {
    var customer = aCustomer();
    var body = order(customer, aProduct(10), 1);
    var declined =
        IntStream.range(0, 6)
            .mapToObj(_ -> new StepKey(client().post(body).orderId(), "cancel", 1))
            .map(step -> SentCommands.<OrderCommand>received(new CancelOrder(step, NO_WALLET)))
            .toList();

    settlement.handle(declined.subList(0, 3));
    other.getBean(SettleOrders.class).handle(declined.subList(3, 6));

    assertThat(client().post(body).problem()).isEqualTo("too-many-declined-payments");
    assertThat(clientOf(other).post(body).problem()).isEqualTo("too-many-declined-payments");
  }

  /** Asked of the one that Spring's test support has not silenced. */
  @Test
  void announceAnOrderInTheTraceOfItsRequest() {
    var trace = "0af7651916cd43dd8448eb211c80319c";

    var placed =
        clientOf(other)
            .post(
                order(aCustomer(), aProduct(10), 1),
                "traceparent",
                "00-%s-b7ad6b7169203331-01".formatted(trace));

    assertThat(sent.await(1, OrderPlaced.class, placed.orderId()).getFirst().traceparent())
        .startsWith("00-" + trace);
  }

  private int waiting() {
    return (int) meters.get("mall.orders.waiting").gauge().value();
  }

  private List<Long> ordersOf(String customer) {
    return jdbc.sql("select id from orders where customer_id = :customer")
        .param("customer", customer)
        .query(Long.class)
        .list();
  }
}
