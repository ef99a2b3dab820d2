package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.ProductChanged;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.testing.StatementCounter;
import dev.mall.testing.messages.SentCommands;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The copy of the catalogue. */
class CatalogueIT extends OrderServiceTests {

  @Autowired Outbox outbox;
  @Autowired TransactionTemplate transaction;
  @Autowired StatementCounter counter;

  @Test
  void sellsAtTheNewestPrice() {
    var sku = aProduct(10);

    change(sku, 3, 30, "EUR");
    change(sku, 2, 20, "EUR"); // comes late

    assertThat(priceOf(sku)).isEqualTo(30);
  }

  @Test
  void theNewestOfABatchWinsWhereverItStands() {
    var sku = "batched-" + aCustomer();

    catalogue.handle(
        List.of(
            SentCommands.received(new ProductChanged(sku, 2, "A thing", 20, "EUR")),
            SentCommands.received(new ProductChanged(sku, 1, "A thing", 10, "EUR"))));

    assertThat(priceOf(sku)).isEqualTo(20);
  }

  @Test
  void readsProductsFromKafkaAndDeadLettersInvalidOnes() {
    var sku = "sent-" + aCustomer();

    send(
        new ProductChanged("free-" + sku, 1, "A thing", 0, "EUR"),
        new ProductChanged("odd-" + sku, 1, "A thing", 10, "EURO"),
        new ProductChanged(sku, 1, "A thing", 10, "EUR"));

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client().post(order("ann", sku, 1)).status() == 202);
    assertThat(client().post(order("ann", "free-" + sku, 1)).problem()).isEqualTo("sku-unknown");
    assertThat(client().post(order("ann", "odd-" + sku, 1)).problem()).isEqualTo("sku-unknown");
  }

  @Test
  void anOrderKeepsThePriceItWasPlacedAt() {
    var sku = aProduct(10);
    long order = client().post(order("ann", sku, 1)).orderId();

    change(sku, 2, 20, "EUR");

    var shown = client().get("/orders/" + order).body();
    assertThat(shown.path("totalMinor").asLong()).isEqualTo(10);
    assertThat(sent.await(1, OrderPlaced.class, order).getFirst().message().totalMinor())
        .isEqualTo(10);
  }

  @Test
  void asksNoMoreOfTheDatabaseForManyThanForOne() throws Exception {
    var many =
        IntStream.range(0, 300)
            .mapToObj(i ->
                SentCommands.received(new ProductChanged("many-" + i, 1, "A thing", 10, "EUR")))
            .toList();

    var forOne = counter.during(() -> catalogue.handle(many.subList(0, 1)));
    var forMany = counter.during(() -> catalogue.handle(many));

    assertThat(forOne).hasSize(1);
    assertThat(forMany).hasSize(1);
  }

  private long priceOf(String sku) {
    return client().post(order("ann", sku, 1)).body().path("totalMinor").asLong();
  }

  private void send(ProductChanged... products) {
    transaction.executeWithoutResult(_ ->
        outbox.append(
            Arrays.stream(products)
                .map(product -> new OutboundMessage(UUID.randomUUID(), product, null, null))
                .toList()));
  }
}
