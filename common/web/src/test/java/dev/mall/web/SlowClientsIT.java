package dev.mall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that arrive too slowly, over sockets. */
@ExtendWith(OutputCaptureExtension.class)
class SlowClientsIT extends ShopTests {

  @Test
  void headersMustArriveInTime() throws Exception {
    try (var socket = new Socket("localhost", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(bytesUntilClosed(socket, "X")).isLessThan(60);
    }
  }

  @Test
  void aBodyMustArriveInTime(CapturedOutput log) throws Exception {
    for (var path : new String[] {"/baskets", "/nowhere"}) {
      try (var socket = new Socket("localhost", port)) {
        socket.setSoTimeout(20_000);
        socket
            .getOutputStream()
            .write(head(60_000).replace("/baskets", path).getBytes(StandardCharsets.US_ASCII));

        assertThat(bytesUntilClosed(socket, " ")).isLessThan(100);
      }
    }
    assertThat(log.getAll()).doesNotContain("answered 500", "\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/baskets     | multipart/form-data; boundary=x | 60000 | 415",
        "/baskets     | application/json;charset=utf-16 | 60000 | 415",
        "/desk/secret | application/json                | 60000 | 401",
        "/baskets     | application/json                | 90000 | 413",
      })
  void theBodyOfARefusedRequestMustArriveInTime(String path, String type, int length, int status)
      throws Exception {
    var head = head(length).replace("/baskets", path).replace("application/json", type);
    try (var socket = new Socket("localhost", port)) {
      socket.getOutputStream().write((head + "--x").getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(20_000);
      var start = new byte[12];
      assertThat(socket.getInputStream().readNBytes(start, 0, 12)).isEqualTo(12);
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 " + status);

      assertThat(bytesUntilClosed(socket, " ")).isLessThan(60);
    }
  }

  /** Sends a byte each 200 ms, until the server closes the connection; at most 20 s. */
  private static int bytesUntilClosed(Socket socket, String drip) throws Exception {
    for (int sent = 0; sent < 100; sent++) {
      try {
        socket.getOutputStream().write(drip.getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(200);
        while (socket.getInputStream().read() >= 0) {
          // an answer may come before the end
        }
        return sent;
      } catch (java.net.SocketTimeoutException _) {
        // still open
      } catch (SocketException _) {
        return sent;
      }
    }
    return Integer.MAX_VALUE;
  }
}
