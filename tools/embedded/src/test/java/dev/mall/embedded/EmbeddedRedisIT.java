package dev.mall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class EmbeddedRedisIT {

  private final EmbeddedRedis redis = new EmbeddedRedis(Place.temporary());

  @BeforeEach
  void start() {
    redis.start();
  }

  @AfterEach
  void stop() {
    redis.close();
    assertThat(redis.place().directory()).doesNotExist();
  }

  @Test
  void comesBackOnItsPortWithItsData() throws IOException {
    int port = redis.port();
    say("SET colour red");

    redis.restart();

    assertThat(redis.port()).isEqualTo(port);
    assertThat(say("GET colour")).contains("red");
  }

  @Test
  void comesBackEmpty() throws IOException {
    say("SET colour red");

    redis.restartEmpty();

    assertThat(say("GET colour")).doesNotContain("red");
  }

  /** Repeated, because its threads do not end in the same order each time. */
  @RepeatedTest(20)
  void startsAgainAfterItWasKilled() throws IOException {
    redis.kill();
    assertThat(redis.running()).isFalse();

    redis.start();

    assertThat(say("PING")).contains("PONG");
  }

  private String say(String command) throws IOException {
    try (var socket = new Socket("127.0.0.1", redis.port())) {
      socket
          .getOutputStream()
          .write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
