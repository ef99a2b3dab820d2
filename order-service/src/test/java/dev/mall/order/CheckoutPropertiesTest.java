package dev.mall.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.order.OrderRefused.CheckoutNotAllowed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CheckoutPropertiesTest {

  @Test
  void allowTheSagaAloneByDefault() {
    var binder = new Binder(new MapConfigurationPropertySource());
    var properties = binder.bindOrCreate("mall.checkout", CheckoutProperties.class);

    assertThat(properties.modes()).containsExactly(CheckoutMode.SAGA);
    assertThatExceptionOfType(CheckoutNotAllowed.class)
        .isThrownBy(() -> properties.chosenBy("TCC"));
  }

  @Test
  void takeTheFirstModeForARequestThatNamesNone() {
    var properties = new CheckoutProperties(List.of(CheckoutMode.TCC, CheckoutMode.SAGA));

    assertThat(properties.chosenBy(null)).isEqualTo(CheckoutMode.TCC);
    assertThat(properties.chosenBy("SAGA")).isEqualTo(CheckoutMode.SAGA);
  }

  @Test
  void needAMode() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CheckoutProperties(List.of()));
  }
}
