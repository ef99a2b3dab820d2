package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads of orders: filters, pages, conditional requests. */
class FindOrdersIT extends OrderServiceTests {

  @Test
  void aListIsFilteredAndLimited() {
    var customer = aCustomer();
    var sku = aProduct(10);
    long first = client().post(order(customer, sku, 1)).orderId();
    long second = client().post(order(customer, sku, 1)).orderId();
    settle(cancel(first));
    var path = "/orders?customerId=" + customer;

    assertThat(ids(path)).containsExactly(second, first);
    assertThat(ids(path + "&limit=1")).containsExactly(second);
    assertThat(ids(path + "&status=CANCELLED")).containsExactly(first);
    assertThat(ids(path + "&placedAfter=2020-01-01T00:00:00Z")).containsExactly(second, first);
    assertThat(ids(path + "&placedBefore=2020-01-01T00:00:00%2B01:00")).isEmpty();
    assertThat(ids(path + "&placedBefore=%2B1000000000-12-31T23:59:59Z")).hasSize(2);
    assertThat(ids(path + "&placedAfter=-1000000000-01-01T00:00:00Z")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=101, limit",
    "status=LOST, status",
    "placedAfter=yesterday, placedAfter",
    "states=CONFIRMED, states",
  })
  void aFilterThatIsNotValidIsNamed(String query, String field) {
    var answer = client().get("/orders?customerId=ada&" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.blamed()).isEqualTo(field);
  }

  @Test
  void anOrderIsSentAgainOnlyWhenItHasChanged() {
    long id = aPendingOrder();
    var pending = client().get("/orders/" + id);

    var same = client().status("/orders/" + id, "If-None-Match", pending.header("ETag"));
    settle(cancel(id));
    var changed = client().status("/orders/" + id, "If-None-Match", pending.header("ETag"));

    assertThat(same).isEqualTo(304);
    assertThat(changed).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"0x1F", "+5", "-5", "007", "5.0"})
  void anIdIsDecimal(String id) {
    assertThat(client().get("/orders/" + id).problem()).isEqualTo("invalid-request");
  }

  @Test
  void aMisspeltPriceGuardIsRefused() {
    var body = order(aCustomer(), aProduct(10), 1);

    var answer = client().post(body.replaceFirst("[{]", "{\"expectedTotal\": 1, "));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.blamed()).isEqualTo("expectedTotal");
  }

  @Test
  void eachLineOfAnUnknownProductIsNamed() {
    var body = order(aCustomer(), aProduct(10), 1);

    var answer = client().post(body.replace("}],", "}, {\"sku\": \"no-such\", \"quantity\": 1}],"));

    assertThat(answer.problem()).isEqualTo("sku-unknown");
    assertThat(answer.blamed()).isEqualTo("items[1].sku");
  }

  private List<Long> ids(String path) {
    return client().get(path).body().path("items").findValuesAsString("id").stream()
        .map(Long::valueOf)
        .toList();
  }
}
