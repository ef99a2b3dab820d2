package dev.mall.gateway.identity.keys;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyPropertiesTest {

  @Test
  void aKeyIsPublishedForAnHourAtLeastAfterItSigned() {
    assertThatThrownBy(() ->
            new KeyProperties(
                "a secret of at least thirty-two characters",
                Duration.ofDays(30),
                Duration.ofDays(1),
                Duration.ofMinutes(59)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mall.gateway.keys.publish-after");
  }
}
