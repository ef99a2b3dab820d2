package dev.mall.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mall.cli.MallService;
import java.net.URI;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {

  private static final URI HOST = URI.create("http://127.0.0.1");

  @Test
  void namesTheAddressOfEveryService() {
    var settings =
        GatewaySettings.addresses(
            URI.create("http://127.0.0.1:8080"),
            service -> service.address(HOST, 8080),
            "jdbc:postgresql://127.0.0.1:5432/mall_gateway",
            "secret");

    assertThat(settings)
        .contains(
            entry("MALL_ORDER_URL", "http://127.0.0.1:8081"),
            entry("MALL_SAGA_URL", "http://127.0.0.1:8085"),
            entry("MALL_GATEWAY_PORT", "8080"),
            entry("MALL_GATEWAY_ISSUER", "http://127.0.0.1:8080"),
            entry("MALL_GATEWAY_DB_USER", "mall_gateway"))
        .hasSize(MallService.values().length + 5);
  }

  @Test
  void registersEveryProgramWithItsRole() {
    var settings = GatewaySettings.programs(client -> client.clientId() + "-secret");

    assertThat(settings)
        .contains(
            entry("mall.gateway.identity.clients.load.secret", "load-secret"),
            entry("mall.gateway.identity.clients.load.roles", "CHANNEL"),
            entry("mall.gateway.identity.clients.audit.roles", "AUDITOR"))
        .hasSize(2 * MachineClient.values().length);
  }
}
