package dev.mall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyProxyTest {

  private ServerSocket server;
  private FaultyProxy proxy;

  /** Answers each byte with the same byte. */
  @BeforeEach
  void startAnEcho() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy = new FaultyProxy(server::getLocalPort);
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              var client = server.accept();
              Thread.ofVirtual().start(() -> echo(client));
            } catch (IOException _) {
              // the test is over
            }
          }
        });
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException _) {
      // cut
    }
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void letsThroughWhatIsSaidEitherWay() throws IOException {
    try (var client = connect()) {
      assertThat(says(client, 7)).isEqualTo(7);
    }
  }

  @Test
  void cutsConnectionsAndTakesNewOnes() throws IOException {
    try (var client = connect()) {
      says(client, 1);

      proxy.cut();

      assertThat(isCut(client)).isTrue();
    }
    try (var next = connect()) {
      assertThat(says(next, 2)).isEqualTo(2);
    }
  }

  @Test
  void refusesUntilItIsRestoredOnTheSamePort() throws IOException {
    try (var client = connect()) {
      says(client, 1);

      proxy.refuse();

      assertThat(isCut(client)).isTrue();
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }

    proxy.restore();

    try (var next = connect()) {
      assertThat(says(next, 2)).isEqualTo(2);
    }
  }

  @Test
  void hangsWithoutAWordAndGoesOnWhereItWas() throws IOException {
    try (var client = connect()) {
      says(client, 1);

      proxy.hang();

      client.setSoTimeout(100);
      assertThatThrownBy(() -> says(client, 2)).isInstanceOf(SocketTimeoutException.class);
      try (var fresh = connect()) {
        fresh.setSoTimeout(100);
        assertThatThrownBy(() -> says(fresh, 3)).isInstanceOf(SocketTimeoutException.class);

        proxy.restore();

        client.setSoTimeout(0);
        fresh.setSoTimeout(0);
        assertThat(client.getInputStream().read()).isEqualTo(2);
        assertThat(fresh.getInputStream().read()).isEqualTo(3);
      }
    }
  }

  @Test
  void holdsUpWhatComesWhileItIsSlow() throws IOException {
    try (var client = connect()) {
      says(client, 1);

      proxy.slow(Duration.ofMillis(500));

      client.setSoTimeout(100);
      assertThatThrownBy(() -> says(client, 2)).isInstanceOf(SocketTimeoutException.class);
      client.setSoTimeout(0);
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static int says(Socket client, int value) throws IOException {
    client.getOutputStream().write(value);
    return client.getInputStream().read();
  }

  private static boolean isCut(Socket client) {
    try {
      return client.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }
}
