package dev.mall.testing.containers;

import dev.mall.embedded.RedisServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.testcontainers.containers.GenericContainer;

public final class ContainerRedis extends ContainerServer implements RedisServer {

  private static final int INSIDE = 6379;
  private static final int MILLIS = 1_000;

  private final ContainerPort port;

  public ContainerRedis(ContainerPort port) {
    super(
        new GenericContainer<>("redis:8")
            .withExposedPorts(INSIDE)
            .withCommand("redis-server", "--save", "3600 1"),
        port.boundTo(INSIDE));
    this.port = port;
  }

  @Override
  public String url() {
    return "redis://" + port.address();
  }

  @Override
  boolean answers() throws IOException {
    try (var socket = new Socket(port.host(), port.number())) {
      socket.setSoTimeout(MILLIS);
      socket.getOutputStream().write("PING\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.startsWith("+PONG");
    }
  }
}
