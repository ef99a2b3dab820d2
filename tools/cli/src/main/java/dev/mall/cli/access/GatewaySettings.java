package dev.mall.cli.access;

import dev.mall.cli.MallService;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Settings of a gateway that a tool starts in front of services that run. */
public final class GatewaySettings {

  /** The name of the gateway's database and of the role that owns it. */
  public static final String DATABASE = "mall_gateway";

  private GatewaySettings() {}

  /**
   * Where the gateway listens, and where it finds services and its database, by variable.
   *
   * @param address of the gateway, which its tokens name as their issuer
   * @param services the address of each service
   */
  public static Map<String, String> addresses(
      URI address, Function<MallService, URI> services, String jdbcUrl, String password) {
    var settings = new HashMap<String, String>();
    for (var service : MallService.values()) {
      settings.put(service.variable("URL"), services.apply(service).toString());
    }
    settings.put("MALL_GATEWAY_PORT", Integer.toString(address.getPort()));
    settings.put("MALL_GATEWAY_ISSUER", address.toString());
    settings.put("MALL_GATEWAY_DB_URL", jdbcUrl);
    settings.put("MALL_GATEWAY_DB_USER", DATABASE);
    settings.put("MALL_GATEWAY_DB_PASSWORD", password);
    return settings;
  }

  /** Registers the programs, by property. */
  public static Map<String, String> programs(Function<MachineClient, String> secrets) {
    var settings = new HashMap<String, String>();
    for (var client : MachineClient.values()) {
      var registration = "mall.gateway.identity.clients.%s.".formatted(client.clientId());
      settings.put(registration + "secret", secrets.apply(client));
      settings.put(registration + "roles", client.role());
    }
    return settings;
  }
}
