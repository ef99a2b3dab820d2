package dev.mall.web.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorPropertiesTest {

  @ParameterizedTest
  @ValueSource(strings = {"x", "short-token", "           "})
  void aTokenThatIsEasilyGuessedIsRefused(String token) {
    assertThatThrownBy(() -> new OperatorProperties(token, List.of(), List.of()))
        .hasMessageContaining("at least 12 characters");
  }

  @Test
  void noTokenIsAllowedWhereNothingIsGuarded() {
    assertThat(new OperatorProperties("", List.of(), List.of()).guardedPaths("")).isEmpty();
    assertThatThrownBy(() -> new OperatorProperties("", List.of("/**"), List.of()).guardedPaths(""))
        .hasMessageContaining("must be set");
  }

  @Test
  void anIssuersTokensTakeThePlaceOfTheOperators() {
    var issuer = "https://login.example";

    assertThat(new OperatorProperties("", List.of("/**"), List.of()).guardedPaths(issuer))
        .isEmpty();
    assertThat(
            new OperatorProperties("long enough by far", List.of("/**"), List.of())
                .guardedPaths(""))
        .containsExactly("/**");
  }
}
