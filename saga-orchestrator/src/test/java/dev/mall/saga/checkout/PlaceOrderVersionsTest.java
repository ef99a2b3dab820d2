package dev.mall.saga.checkout;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceOrderVersionsTest {

  @Test
  void startsNoSagaOfAVersionThatThisReleaseDoesNotKnow() {
    var tooEarly = new PlaceOrderProperties(2, Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PlaceOrderSaga().placeOrder(tooEarly))
        .withMessageContaining("version=2");
  }
}
