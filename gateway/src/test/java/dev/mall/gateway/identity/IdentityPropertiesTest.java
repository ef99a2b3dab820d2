package dev.mall.gateway.identity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.gateway.identity.IdentityProperties.ConfiguredClient;
import dev.mall.gateway.identity.IdentityProperties.ConfiguredUser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityPropertiesTest {

  @Test
  void aPasswordThatIsTooLongToBeHashedNamesItsSetting() {
    assertThatThrownBy(() -> new ConfiguredUser("ü".repeat(37), "", List.of()))
        .hasMessageContainingAll("mall.gateway.identity.users", "72 bytes");
    assertThatThrownBy(() -> new ConfiguredClient("x".repeat(73), List.of(), List.of(), List.of()))
        .hasMessageContainingAll("mall.gateway.identity.clients", "72 bytes");
  }

  @Test
  void aSubjectThatTheTableRefusesNamesItsSetting() {
    var user = new ConfiguredUser("correct-horse-battery", "ada@shop", List.of());

    assertThatThrownBy(() ->
            new IdentityProperties(
                URI.create("http://localhost"),
                "mall",
                Duration.ofMinutes(15),
                Duration.ofHours(12),
                Map.of("ada", user),
                Map.of()))
        .hasMessageContainingAll("mall.gateway.identity.users.ada", "ada@shop");
  }
}
