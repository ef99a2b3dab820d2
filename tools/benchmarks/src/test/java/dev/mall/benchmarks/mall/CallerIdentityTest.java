package dev.mall.benchmarks.mall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.cli.access.MachineClient;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerIdentityTest {

  /** Also if the benchmark itself was started where the variable is set. */
  @Test
  void servicesWithoutAnIssuerGetAnEmptyOneAndNoToken() {
    var identity = CallerIdentity.none();

    assertThat(identity.settings()).containsEntry("MALL_SECURITY_ISSUER", "");
    assertThat(identity.credentials().of(MachineClient.LOAD)).isEmpty();
  }

  @Test
  void servicesJudgeTheTokensOfTheIssuer() {
    var token = Map.of("Authorization", "Bearer token");

    var identity = CallerIdentity.byTokens(URI.create("http://127.0.0.1:8080"), _ -> token);

    assertThat(identity.settings()).containsEntry("MALL_SECURITY_ISSUER", "http://127.0.0.1:8080");
    assertThat(identity.credentials().of(MachineClient.LOAD)).isEqualTo(token);
  }

  @Test
  void aPropertyIsNamedAsSpringBootReadsItFromTheEnvironment() {
    assertThat(BenchmarkedGateway.variable("mall.gateway.identity.clients.load.logout-uris"))
        .isEqualTo("MALL_GATEWAY_IDENTITY_CLIENTS_LOAD_LOGOUTURIS");
  }
}
