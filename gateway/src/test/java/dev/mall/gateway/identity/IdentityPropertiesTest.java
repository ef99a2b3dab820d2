package dev.mall.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.gateway.identity.IdentityProperties.ConfiguredClient;
import dev.mall.gateway.identity.IdentityProperties.ConfiguredUser;
import dev.mall.security.Role;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class IdentityPropertiesTest {

  @Test
  void usersAndClientsComeFromEnvironmentVariables() {
    var identity =
        bound(
            Map.of(
                "MALL_GATEWAY_IDENTITY_USERS_ADA_PASSWORD", "laptop-ada",
                "MALL_GATEWAY_IDENTITY_USERS_MERCHANT_PASSWORD", "laptop-merchant",
                "MALL_GATEWAY_IDENTITY_USERS_MERCHANT_ROLES", "MERCHANT",
                "MALL_GATEWAY_IDENTITY_CLIENTS_CLI_REDIRECTURIS", "http://127.0.0.1/callback"));

    assertThat(identity.users()).containsOnlyKeys("ada", "merchant");
    assertThat(identity.users().get("ada").roles()).containsExactly(Role.CUSTOMER);
    assertThat(identity.users().get("merchant").roles()).containsExactly(Role.MERCHANT);
    assertThat(identity.clients().get("cli").redirectUris())
        .containsExactly("http://127.0.0.1/callback");
    assertThat(identity.clients().get("cli").isPublic()).isTrue();
    assertThat(identity.toString()).doesNotContain("laptop");
  }

  @Test
  void aShortPasswordIsRefusedWithItsRemedy() {
    assertThatThrownBy(() -> bound(Map.of("MALL_GATEWAY_IDENTITY_USERS_ADA_PASSWORD", "short")))
        .rootCause()
        .hasMessageContaining("at least 8 characters");
  }

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

    assertThatThrownBy(() -> identity("http://localhost", Map.of("ada", user), Map.of()))
        .hasMessageContainingAll("mall.gateway.identity.users.ada", "ada@shop");
  }

  private static IdentityProperties identity(
      String issuer, Map<String, ConfiguredUser> users, Map<String, ConfiguredClient> clients) {
    return new IdentityProperties(
        URI.create(issuer), "mall", Duration.ofMinutes(15), Duration.ofHours(12), users, clients);
  }

  private static IdentityProperties bound(Map<String, Object> variables) {
    var all = new HashMap<>(variables);
    all.put("MALL_GATEWAY_IDENTITY_ISSUER", "http://127.0.0.1:8080");
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, all));
    return Binder.get(environment).bind("mall.gateway.identity", IdentityProperties.class).get();
  }
}
