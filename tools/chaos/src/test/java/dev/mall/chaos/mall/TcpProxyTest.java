package dev.mall.chaos.mall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

  private ServerSocket echo;
  private TcpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    proxy = new TcpProxy("echo", 0, echo::getLocalPort);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void passesOnWhatIsSaid() throws IOException {
    try (var client = connect()) {
      assertThat(answer(client)).isEqualTo('x');
    }
  }

  @Test
  void aCutWireResetsAndRefuses() throws IOException {
    try (var client = connect()) {
      assertThat(answer(client)).isEqualTo('x');
      proxy.cut();

      assertThatThrownBy(() -> spoken(client)).isInstanceOf(IOException.class);
    }
    try (var another = connect()) {
      assertThatThrownBy(() -> spoken(another)).isInstanceOf(IOException.class);
    }

    proxy.mend();
    try (var later = connect()) {
      assertThat(answer(later)).isEqualTo('x');
    }
  }

  @Test
  void onAHalfOpenConnectionTheClientReceivesNothing() throws IOException {
    try (var client = connect()) {
      assertThat(answer(client)).isEqualTo('x');
      proxy.halfOpen();
      client.setSoTimeout(200);

      assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void onASlowWireEveryPieceTakesItsTime() throws IOException {
    try (var client = connect()) {
      proxy.slowDown(Duration.ofMillis(150));
      client.setSoTimeout(100);

      assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketTimeoutException.class);

      client.setSoTimeout(10_000);
      assertThat(client.getInputStream().read()).isEqualTo('x');
    }
  }

  private static int answer(Socket client) throws IOException {
    client.getOutputStream().write('x');
    return client.getInputStream().read();
  }

  /** The answer; a wire that was cut shows it as an error or as an end. */
  private static int spoken(Socket client) throws IOException {
    int answer = answer(client);
    if (answer < 0) {
      throw new IOException("it ended");
    }
    return answer;
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), proxy.port());
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        var client = echo.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException _) {
      // the other end has gone
    }
  }
}
