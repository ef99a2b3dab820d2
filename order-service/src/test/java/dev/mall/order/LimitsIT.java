package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderCommand;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Overload is shed. */
class LimitsIT extends OrderServiceTests {

  private static final String KEY = "Idempotency-Key";

  @Test
  void takesNoNewOrdersWhileTooManyAreOpen() {
    var sku = aProduct(10);
    var known = order(aCustomer(), sku, 1);
    var first = client().post(known, KEY, "a");
    try (var full = anotherReplica("--mall.orders.max-open=1", "--mall.orders.sample-every=50ms")) {
      awaitOpen(full);

      var refused = clientOf(full).post(order(aCustomer(), sku, 1));
      var again = clientOf(full).post(known, KEY, "a");

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.problem()).isEqualTo("too-many-open-orders");
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(again.orderId()).isEqualTo(first.orderId());
    }
  }

  @Test
  void refusesWhatItCannotQueueAndPlacesTheRest() {
    var sku = aProduct(10);
    var customer = aCustomer();
    try (var narrow = anotherReplica("--mall.orders.queue=2", "--mall.orders.gather=1")) {
      awaitOpen(narrow);

      var answers =
          IntStream.range(0, 200)
              .mapToObj(_ -> clientOf(narrow).posts(order(customer, sku, 1)))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();

      assertThat(answers).extracting(Client.Answer::status).containsOnly(202, 503);
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 503)
          .allSatisfy(answer -> {
            assertThat(answer.problem()).isEqualTo("overrun");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
          });
      assertThat(answers.stream().filter(answer -> answer.status() == 202).count())
          .isEqualTo(ordersOf(customer));
    }
  }

  @Test
  void holdsTheIntakeBackWhileNoOrderSettlesAndOpensItAgain() {
    int room = 50;
    int queue = 20;
    int gather = 10;
    var customer = aCustomer();
    var sku = aProduct(10);
    try (var full =
        anotherReplica(
            "--mall.orders.max-open=" + (pending() + room),
            "--mall.orders.sample-every=50ms",
            "--mall.orders.queue=" + queue,
            "--mall.orders.gather=" + gather)) {
      awaitOpen(full);
      var answers = new ArrayList<Client.Answer>();
      do {
        answers.addAll(storm(full, order(customer, sku, 1)));
      } while (answers.stream().noneMatch(LimitsIT::isTooManyOpen));

      var accepted = answers.stream().filter(answer -> answer.status() == 202).toList();
      assertThat(accepted).hasSizeLessThanOrEqualTo(room + queue + gather);
      assertThat(ordersOf(customer)).isEqualTo(accepted.size());
      assertThat(answers)
          .filteredOn(answer -> answer.status() != 202)
          .allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isIn("overrun", "too-many-open-orders");
            assertThat(answer.header("Retry-After")).isNotEmpty();
          });

      settle(accepted.stream().map(order -> cancel(order.orderId())).toArray(OrderCommand[]::new));

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> clientOf(full).post(order(customer, sku, 1)).status() == 202);
    }
  }

  private static boolean isTooManyOpen(Client.Answer answer) {
    return answer.status() == 503 && answer.problem().equals("too-many-open-orders");
  }

  private static List<Client.Answer> storm(ConfigurableApplicationContext replica, String order) {
    return IntStream.range(0, 200).mapToObj(_ -> clientOf(replica).posts(order)).toList().stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private int pending() {
    return jdbc.sql("select count(*) from orders where status = 'PENDING'")
        .query(Integer.class)
        .single();
  }

  /** Another replica has claimed the key and takes long over its transaction. */
  @Test
  void doesNotLetABusyKeyHoldUpTheOthers() throws SQLException {
    var customer = aCustomer();
    var sku = aProduct(10);
    try (var other = DATABASE.dataSource().getConnection()) {
      other.setAutoCommit(false);
      claim(other, customer, "busy");

      var busy = client().posts(order(customer, sku, 1), KEY, "busy");
      var others =
          IntStream.range(0, 20)
              .mapToObj(i -> client().posts(order(customer, sku, 1), KEY, "free-" + i))
              .toList();

      assertThat(others).extracting(answer -> answer.join().status()).containsOnly(202);
      assertThat(busy.join().status()).isEqualTo(409);
      assertThat(busy.join().problem()).isEqualTo("idempotency-key-busy");
      other.rollback();
    }
  }

  private static void claim(Connection connection, String customer, String key)
      throws SQLException {
    try (var claim = connection.prepareStatement("insert into request_key values (?, ?, '', 1)")) {
      claim.setString(1, customer);
      claim.setString(2, key);
      claim.executeUpdate();
    }
  }

  private long ordersOf(String customer) {
    return jdbc.sql("select count(*) from orders where customer_id = :customer")
        .param("customer", customer)
        .query(Long.class)
        .single();
  }
}
