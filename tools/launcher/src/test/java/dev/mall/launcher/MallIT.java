package dev.mall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.embedded.process.Ports;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises of ./mall at start and stop. */
@Tag("long")
class MallIT {

  @TempDir Path directory;

  private final int base = freeBase();

  @Test
  void findsTheOrdersOfEarlierStartsUntilItsDataIsDeleted() throws Exception {
    var first = start().awaitOpen();
    var orders = adasOrders();
    assertThat(orders).contains("CONFIRMED").contains("CANCELLED");
    assertThat(first.said()).contains("./mall token ada", "operator");
    assertThat(adasOrdersThroughTheGateway()).isEqualTo(orders);
    first.stop();

    var second = start("--no-tour").awaitOpen();
    assertThat(adasOrders()).isEqualTo(orders);
    second.kill();

    try (var third = start("--no-tour")) {
      third.awaitOpen();
      assertThat(adasOrders()).isEqualTo(orders);
    }

    try (var fourth = start("--no-tour", "--fresh")) {
      fourth.awaitOpen();
      assertThat(adasOrders()).contains("\"items\":[]");
    }
  }

  @Test
  void leavesNothingBehindWhenItIsStoppedWhileItStarts() throws Exception {
    var mall = start();
    mall.await("PostgreSQL 18 on port");

    mall.stop();

    try (var next = start("--no-tour")) {
      next.awaitOpen();
    }
  }

  @Test
  void saysWhatHelpsWhenAPortIsTaken() throws Exception {
    try (var stranger = new ServerSocket(base + 3);
        var mall = start()) {
      assertThat(mall.exitCode()).isEqualTo(1);
      assertThat(mall.said())
          .contains("Port %d, which payment-service needs, is taken".formatted(base + 3))
          .contains("--port-base");
      assertThat(stranger.isBound()).isTrue();
    }
  }

  @Test
  void leavesTheDirectoryToTheMallThatRunsThere() throws Exception {
    try (var first = start("--no-tour")) {
      first.awaitOpen();
      try (var second = startAt(freeBase(), "--no-tour")) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.said()).contains("Another mall runs on");
      }

      assertThat(adasOrders()).isNotEmpty();
    }
  }

  private MallProcess start(String... options) throws IOException {
    return startAt(base, options);
  }

  private MallProcess startAt(int portBase, String... options) throws IOException {
    var all = new String[options.length + 2];
    all[0] = "--port-base";
    all[1] = Integer.toString(portBase);
    System.arraycopy(options, 0, all, 2, options.length);
    return MallProcess.start(directory, all);
  }

  private String adasOrders() throws IOException, InterruptedException {
    return get(URI.create("http://127.0.0.1:%d/orders?customerId=ada".formatted(base + 1)));
  }

  private String adasOrdersThroughTheGateway() throws IOException, InterruptedException {
    return get(logins().gateway().orElseThrow().resolve("/api/orders?customerId=ada"));
  }

  private String get(URI uri) throws IOException, InterruptedException {
    var logins = logins();
    var token =
        Logins.token(logins.gateway().orElseThrow(), "ada", logins.passwordOf("ada").orElseThrow());
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private Logins logins() throws IOException {
    return Logins.read(directory.resolve(".mall/data/logins.properties")).orElseThrow();
  }

  /**
   * Below the ports from which a mall takes some for its own servers, and might take one of these.
   */
  private static int freeBase() {
    return ThreadLocalRandom.current()
        .ints(10_000, 19_000)
        .filter(base -> IntStream.rangeClosed(1, 5).allMatch(n -> Ports.isFree(base + n)))
        .findFirst()
        .orElseThrow();
  }
}
