package dev.mall.gateway.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WelcomeLinkTest {

  private static final String TOKEN = "a-token-of-at-least-thirty-two-characters";
  private static final String HERE = "127.0.0.1";

  @Test
  void worksOnce() {
    var link = link(TOKEN);

    assertThat(link.admits("another", HERE, HERE, Instant.now())).isFalse();
    assertThat(link.admits(TOKEN, HERE, "localhost", Instant.now())).isTrue();
    assertThat(link.admits(TOKEN, HERE, "localhost", Instant.now())).isFalse();
  }

  @Test
  void endsAfterItsLifetime() {
    assertThat(link(TOKEN).admits(TOKEN, HERE, HERE, Instant.now().plusSeconds(61))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"203.0.113.9, 127.0.0.1", "127.0.0.1, shop.example", "127.0.0.2, localhost"})
  void worksOnThisComputerAlone(String address, String host) {
    assertThat(link(TOKEN).admits(TOKEN, address, host, Instant.now())).isFalse();
  }

  @Test
  void withoutATokenThereIsNone() {
    assertThat(link("").admits("", HERE, HERE, Instant.now())).isFalse();
  }

  @Test
  void itsSettingsAreChecked() {
    assertThatThrownBy(() -> link("short"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mall.gateway.welcome.token");
    assertThatThrownBy(() -> new WelcomeProperties(TOKEN, "ada", Duration.ofHours(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mall.gateway.welcome.lifetime");
    assertThat(new WelcomeProperties(TOKEN, "ada", Duration.ofMinutes(1)).toString())
        .doesNotContain(TOKEN);
  }

  private static WelcomeLink link(String token) {
    return new WelcomeLink(new WelcomeProperties(token, "ada", Duration.ofMinutes(1)));
  }
}
