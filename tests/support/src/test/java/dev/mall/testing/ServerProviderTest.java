package dev.mall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerProviderTest {

  @Test
  void isEmbeddedUnlessContainersAreAskedFor() {
    assertThat(ServerProvider.of(null, () -> true)).isEqualTo(ServerProvider.EMBEDDED);
    assertThat(ServerProvider.of("", () -> true)).isEqualTo(ServerProvider.EMBEDDED);
    assertThat(ServerProvider.of("embedded", () -> true)).isEqualTo(ServerProvider.EMBEDDED);
    assertThat(ServerProvider.of("containers", () -> true)).isEqualTo(ServerProvider.CONTAINERS);
  }

  @Test
  void asksDockerOnlyForContainers() {
    assertThat(
            ServerProvider.of(
                null,
                () -> {
                  throw new AssertionError("is not needed");
                }))
        .isEqualTo(ServerProvider.EMBEDDED);
  }

  @Test
  void saysWhatToDoWhenContainersAreAskedForAndDockerIsNotThere() {
    assertThatThrownBy(() -> ServerProvider.of("containers", () -> false))
        .hasMessageContaining("no Docker engine answers")
        .hasMessageContaining("docker info must work")
        .hasMessageContaining("unset MALL_TEST_INFRA");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> ServerProvider.of("podman", () -> true))
        .hasMessage("MALL_TEST_INFRA is 'podman': say embedded or containers");
  }
}
