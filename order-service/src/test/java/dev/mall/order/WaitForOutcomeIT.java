package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.messaging.outbox.CommitNotifications;
import dev.mall.order.settle.OrderStates;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** {@code Prefer: wait}. At most four may wait here. */
class WaitForOutcomeIT extends OrderServiceTests {

  @Autowired MeterRegistry meters;
  @Autowired JdbcConnectionDetails database;
  @Autowired CommitNotifications notifications;

  @Test
  void answersWhenTheOrderIsFinal() {
    var customer = aCustomer();

    var answer = client().posts(order(customer, aProduct(10), 1), "Prefer", "wait=30");
    awaitWaiting(1);
    settle(confirm(onlyOrderOf(customer)));

    assertThat(answer.join().status()).isEqualTo(200);
    assertThat(answer.join().orderStatus()).isEqualTo("CONFIRMED");
    assertThat(answer.join().header("Preference-Applied")).isEqualTo("wait=30");
    assertThat(answer.join().header("Location")).isEqualTo("/orders/" + onlyOrderOf(customer));
  }

  /** The others poll for orders that are awaited here and there. */
  @Test
  void notifiesOtherReplicasOfOrdersForWhichNoRequestWaits() {
    var customer = aCustomer();
    var settled = new AtomicInteger();
    var checked = new AtomicInteger();
    var other = new CommitNotifications(database);
    other.subscribe(OrderStates.SETTLED_CHANNEL, settled::incrementAndGet);
    other.subscribe("checked", checked::incrementAndGet);
    other.start();
    try {
      Awaitility.await().until(() -> checked.get() == 1); // it listens
      var answer = client().posts(order(customer, aProduct(10), 1), "Prefer", "wait=30");
      awaitWaiting(1);
      settle(confirm(onlyOrderOf(customer)));
      assertThat(answer.join().orderStatus()).isEqualTo("CONFIRMED");
      notifications.notifyOthers("checked"); // on the same connection, behind the order's
      Awaitility.await().until(() -> checked.get() == 2);
      assertThat(settled).hasValue(1);

      settle(confirm(aPendingOrder()));
      Awaitility.await().until(() -> settled.get() == 2);
    } finally {
      other.stop();
    }
  }

  @Test
  void answersWhenTheTimeIsUp() {
    var answer = client().post(order(aCustomer(), aProduct(10), 1), "Prefer", "wait=1");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.orderStatus()).isEqualTo("PENDING");
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
  }

  @Test
  void doesNotWaitUnasked() {
    var sku = aProduct(10);

    var zero = client().post(order(aCustomer(), sku, 1), "Prefer", "respond-async, wait=0");
    var unasked = client().post(order(aCustomer(), sku, 1), "Prefer", "respond-async");

    assertThat(zero.header("Preference-Applied")).isEqualTo("wait=0");
    assertThat(unasked.status()).isEqualTo(202);
    assertThat(unasked.header("Preference-Applied")).isEmpty();
  }

  @Test
  void answersAtOnceWhenTooManyWait() {
    var sku = aProduct(10);
    var customer = aCustomer();
    var waiting =
        Stream.generate(() -> client().posts(order(customer, sku, 1), "Prefer", "wait=30"))
            .limit(4)
            .toList();
    awaitWaiting(4);

    var oneTooMany = client().post(order(aCustomer(), sku, 1), "Prefer", "wait=30");
    ordersOf(customer).forEach(id -> settle(cancel(id)));

    assertThat(oneTooMany.status()).isEqualTo(202);
    assertThat(oneTooMany.header("Preference-Applied")).isEmpty();
    assertThat(waiting.stream().map(CompletableFuture::join))
        .extracting(Client.Answer::orderStatus)
        .containsOnly("CANCELLED");
  }

  @Test
  void letsThemGoWhenTheServiceStops() {
    var customer = aCustomer();
    var sku = aProduct(10);
    CompletableFuture<Client.Answer> answer;
    try (var stopping = anotherReplica()) {
      awaitOpen(stopping);
      answer = clientOf(stopping).posts(order(customer, sku, 1), "Prefer", "wait=30");
      var itsMeters = stopping.getBean(MeterRegistry.class);
      Awaitility.await().until(() -> waiting(itsMeters) == 1);
    }

    assertThat(answer.join().status()).isEqualTo(202);
  }

  private void awaitWaiting(int count) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> waiting(meters) == count);
  }

  private static int waiting(MeterRegistry meters) {
    return (int) meters.get("mall.orders.waiting").gauge().value();
  }

  private long onlyOrderOf(String customer) {
    return ordersOf(customer).getFirst();
  }

  private List<Long> ordersOf(String customer) {
    return jdbc.sql("select id from orders where customer_id = :customer")
        .param("customer", customer)
        .query(Long.class)
        .list();
  }
}
