package dev.mall.messaging.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

  @ParameterizedTest
  @CsvSource({"00, false", "01, true", "02, false", "03, true"})
  void isSampledIfItsSenderSaidSo(String flags, boolean sampled) {
    var context = TraceContext.parse(PARENT + flags);

    assertThat(context.isSampled()).isEqualTo(sampled);
    assertThat(TraceContext.format(context)).isEqualTo(PARENT + flags);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-nonsense",
        "99-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        PARENT + "zz",
        PARENT + "\u0000\uD83D",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
      })
  void isNoneIfItCannotBeRead(String traceparent) {
    assertThat(TraceContext.parse(traceparent).isValid()).isFalse();
    assertThat(TraceContext.traceIdOf(traceparent)).isNull();
    assertThat(TraceContext.validOrNull(traceparent)).isNull();
  }
}
