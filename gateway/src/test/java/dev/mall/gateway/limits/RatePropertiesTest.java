package dev.mall.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RatePropertiesTest {

  @ParameterizedTest
  @CsvSource({
    "address-burst, 0",
    "subject-per, 0s",
    "session-per, 100us",
    "login-burst, -1",
    "token-per, -1s"
  })
  void aValueThatMakesNoRateEndsTheStart(String name, String value) {
    assertThatThrownBy(() -> bind(Map.of("rates." + name, value)))
        .rootCause()
        .hasMessageContaining("burst must be above zero");
    assertThatThrownBy(() -> bind(Map.of("rates." + name, value)))
        .hasStackTraceContaining("mall.gateway.rates." + name.replaceFirst("-.*", "-burst"));
  }

  @Test
  void thePasswordOfRedisStaysOutOfLogs() {
    assertThat(bind(Map.of("rates.redis-url", "redis://user:secret@localhost")).toString())
        .doesNotContain("secret");
  }

  private static RateProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("rates", RateProperties.class);
  }
}
