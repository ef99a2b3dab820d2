package dev.mall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.runtime.TransientErrors.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientErrorsTest {

  @ParameterizedTest
  @ValueSource(strings = {"57014", "25P04", "55P03", "40P01"})
  void timeouts(String state) {
    assertThat(TransientErrors.kindOf(state)).isEqualTo(Kind.TIMEOUT);
    assertThat(Kind.TIMEOUT.isTransient()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "40001", "53300", "57P01", "58030", "25P02", "25P03", "25006"})
  void unavailable(String state) {
    assertThat(TransientErrors.kindOf(state)).isEqualTo(Kind.UNAVAILABLE);
    assertThat(Kind.UNAVAILABLE.isTransient()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"42501", "42P01", "3F000", "0A000", "26000", "XX001", "28P01", "55000"})
  void broken(String state) {
    assertThat(TransientErrors.kindOf(state)).isEqualTo(Kind.BROKEN);
    assertThat(Kind.BROKEN.isTransient()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"21000", "22001", "23505", "27000", "44000", "54000", "P0001"})
  void data(String state) {
    assertThat(TransientErrors.kindOf(state)).isEqualTo(Kind.DATA);
    assertThat(Kind.DATA.isTransient()).isFalse();
  }

  @Test
  void aLostConnectionHasNoState() {
    assertThat(TransientErrors.kindOf(null)).isEqualTo(Kind.UNAVAILABLE);
  }
}
