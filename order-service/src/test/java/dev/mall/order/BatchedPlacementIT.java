package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.order.place.PlaceOrder;
import dev.mall.order.place.PlaceOrders;
import dev.mall.order.place.Placement;
import dev.mall.order.place.RequestKey;
import dev.mall.testing.StatementCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Many requests, one transaction. */
class BatchedPlacementIT extends OrderServiceTests {

  @Autowired PlaceOrders orders;
  @Autowired StatementCounter counter;
  @Autowired MeterRegistry meters;

  @Test
  void asksNoMoreOfTheDatabaseForManyThanForOne() throws Exception {
    var sku = aProduct(10);
    orders.handle(requests(1, sku, "warm-up")); // the first ids need a lease

    var forOne = counter.during(() -> orders.handle(requests(1, sku, "one")));
    var forMany = counter.during(() -> orders.handle(requests(300, sku, "many")));

    assertThat(forMany).hasSameSizeAs(forOne);
    assertThat(forOne).describedAs(forOne.toString()).hasSizeLessThanOrEqualTo(9);
  }

  @Test
  void eachRequestOfABatchGetsItsOwnAnswer() {
    var customer = aCustomer();
    var sku = aProduct(10);
    var known = orders.handle(List.of(request(customer, sku, 1, "known"))).getFirst();

    var placements =
        orders.handle(
            List.of(
                request(customer, sku, 1, "new"),
                request(customer, "unknown-sku", 1, null),
                request(customer, sku, 1, "known"),
                request(customer, sku, 2, "known"),
                request(customer, sku, 1, "new"),
                request(customer, sku, 2, "new"),
                request(customer, sku, 1, null)));

    long first = placed(placements.getFirst());
    assertThat(refusal(placements.get(1))).isInstanceOf(OrderRefused.UnknownSku.class);
    assertThat(placed(placements.get(2))).isEqualTo(placed(known));
    assertThat(refusal(placements.get(3))).isInstanceOf(OrderRefused.KeyReused.class);
    assertThat(placed(placements.get(4))).isEqualTo(first);
    assertThat(refusal(placements.get(5))).isInstanceOf(OrderRefused.KeyReused.class);
    assertThat(placed(placements.get(6))).isGreaterThan(first);
  }

  @Test
  void gathersWhatArrivesTogether() {
    var gathered = meters.get("mall.orders.gathered").summary();
    long transactionsBefore = gathered.count();
    var sku = aProduct(10);
    var customer = aCustomer();

    var answers =
        IntStream.range(0, 200)
            .mapToObj(_ -> client().posts(order(customer, sku, 1)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).extracting(Client.Answer::status).containsOnly(202);
    assertThat(answers.stream().map(Client.Answer::orderId).distinct()).hasSize(200);
    assertThat(gathered.count() - transactionsBefore).isLessThan(200);
  }

  private static List<PlaceOrder> requests(int count, String sku, String key) {
    return IntStream.range(0, count).mapToObj(i -> request(aCustomer(), sku, 1, key + i)).toList();
  }

  private static PlaceOrder request(String customer, String sku, int quantity, String key) {
    return new PlaceOrder(
        new Order.Details(customer, PaymentMethod.WALLET, CheckoutMode.SAGA),
        List.of(new PlaceOrder.Item(sku, quantity)),
        null,
        key == null ? null : new RequestKey(customer, key),
        null);
  }

  private static long placed(Placement placement) {
    return ((Placement.Accepted) placement).order().id();
  }

  private static OrderRefused refusal(Placement placement) {
    return ((Placement.Refused) placement).why();
  }
}
