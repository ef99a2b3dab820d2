package dev.mall.testing.containers;

import dev.mall.embedded.process.Ports;
import org.testcontainers.DockerClientFactory;

/**
 * A port at which a container is reached and which it keeps when it is started again.
 *
 * @param host as tests reach it
 */
public record ContainerPort(String host, int number) {

  public static ContainerPort ofThisHost() {
    return new ContainerPort(DockerClientFactory.instance().dockerHostIpAddress(), Ports.free());
  }

  /** As Docker wants it; other machines are let in only where Docker itself is another machine. */
  String boundTo(int inside) {
    return "%s:%d:%d".formatted(host.equals("localhost") ? "127.0.0.1" : "0.0.0.0", number, inside);
  }

  String address() {
    return (host.equals("localhost") ? "127.0.0.1" : host) + ":" + number;
  }
}
