package dev.mall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms: on the configured paths only, within the limits of every body. */
class FormsIT extends ShopTests {

  @Test
  void aFormIsReadOnAPathThatTakesForms() throws IOException {
    var answer = raw(form("/forms/name?suffix=!", "name=Ada%20%C3%BC+L"));

    assertThat(answer).startsWith("HTTP/1.1 200").contains("Ada ü L!");
  }

  @ParameterizedTest
  @CsvSource({"/baskets", "/nowhere", "/forms"})
  void aFormElsewhereIsRefused(String path) throws IOException {
    var expected = path.equals("/forms") ? 404 : 415;

    assertThat(raw(form(path, "name=Ada"))).startsWith("HTTP/1.1 " + expected);
  }

  @Test
  void aFormThatCannotBeDecodedIsMalformed() throws IOException {
    assertProblem(raw(form("/forms/name", "name=%zz")), 400, "malformed-body");
  }

  @Test
  void aFormOverTheLimitIsRefused() throws IOException {
    assertProblem(raw(form("/forms/name", "name=" + "x".repeat(70_000))), 413, "body-too-large");
  }

  @Test
  void aFormMustArriveInTime() throws Exception {
    try (var socket = new Socket("localhost", port)) {
      var head = form("/forms/name", "n".repeat(60_000)).split("\r\n\r\n", 2)[0] + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(200);

      assertThat(statusWhileDripping(socket)).isEqualTo("HTTP/1.1 408");
    }
  }

  /** Sends a byte each 200 ms until an answer comes; at most 20 s. */
  private static String statusWhileDripping(Socket socket) throws IOException {
    for (int sent = 0; sent < 100; sent++) {
      socket.getOutputStream().write('n');
      try {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      } catch (SocketTimeoutException _) {
        // no answer yet
      }
    }
    return "no answer";
  }

  private static String form(String path, String body) {
    return ("POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s")
        .formatted(path, body.length(), body);
  }
}
