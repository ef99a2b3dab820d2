package dev.mall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One running {@link Shop} with short limits, shared by its test classes. */
@SpringBootTest(
    classes = Shop.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.import=classpath:mall-web.yml",
      "spring.application.name=shop",
      "spring.mvc.async.request-timeout=200ms",
      "mall.web.operator.token=open sesame, please",
      "mall.web.operator.paths=/desk/**",
      "mall.web.forms=/forms/**",
      "mall.web.headers-within=2s",
      "mall.web.body-within=3s"
    })
abstract class ShopTests {

  @LocalServerPort int port;

  /** Sends bytes as they are, and returns all that comes until the connection is closed. */
  final String raw(byte[]... request) throws IOException {
    try (var socket = new Socket("localhost", port)) {
      socket.setSoTimeout(20_000);
      for (var part : request) {
        socket.getOutputStream().write(part);
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  final String raw(String request) throws IOException {
    return raw(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Of a request with a body of so many bytes. */
  static String head(int length) {
    return ("POST /baskets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n")
        .formatted(length);
  }

  static void assertProblem(String answer, int status, String type) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("application/problem+json", "/problems/" + type, "\"detail\"");
  }
}
