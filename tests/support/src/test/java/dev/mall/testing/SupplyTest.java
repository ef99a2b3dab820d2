package dev.mall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SupplyTest {

  @Test
  void isEmbeddedUnlessContainersAreAskedFor() {
    assertThat(Supply.of(null, () -> true)).isEqualTo(Supply.EMBEDDED);
    assertThat(Supply.of("", () -> true)).isEqualTo(Supply.EMBEDDED);
    assertThat(Supply.of("embedded", () -> true)).isEqualTo(Supply.EMBEDDED);
    assertThat(Supply.of("containers", () -> true)).isEqualTo(Supply.CONTAINERS);
  }

  @Test
  void asksDockerOnlyForContainers() {
    assertThat(
            Supply.of(
                null,
                () -> {
                  throw new AssertionError("nobody needs it");
                }))
        .isEqualTo(Supply.EMBEDDED);
  }

  @Test
  void saysWhatToDoWhenContainersAreAskedForAndDockerIsNotThere() {
    assertThatThrownBy(() -> Supply.of("containers", () -> false))
        .hasMessageContaining("no Docker engine answers")
        .hasMessageContaining("docker info must work")
        .hasMessageContaining("unset MALL_TEST_INFRA");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Supply.of("podman", () -> true))
        .hasMessage("MALL_TEST_INFRA is 'podman': say embedded or containers");
  }
}
