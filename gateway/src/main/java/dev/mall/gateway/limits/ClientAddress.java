package dev.mall.gateway.limits;

import java.net.InetAddress;
import java.util.HexFormat;

/** Decides which addresses are counted together. */
final class ClientAddress {

  private static final int IPV6_BYTES = 16;
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** Of an IPv6 address the /64 network, since each client has one; else the address itself. */
  static String keyOf(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      var bytes = InetAddress.ofLiteral(withoutZone(address)).getAddress();
      return bytes.length == IPV6_BYTES
          ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) + "/64"
          : InetAddress.ofLiteral(address).getHostAddress();
    } catch (IllegalArgumentException _) {
      return address; // a proxy's header holds it, and it is no address
    }
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
