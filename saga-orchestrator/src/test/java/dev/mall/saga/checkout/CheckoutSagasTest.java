package dev.mall.saga.checkout;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckoutSagasTest {

  @Test
  void startsNoSagaOfAVersionThatThisReleaseDoesNotKnow() {
    var tooEarly = new PlaceOrderProperties(2, Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CheckoutSagas().sagaDefinitions(tooEarly))
        .withMessageContaining("version=2");
  }
}
