package dev.mall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.embedded.process.Ports;
import dev.mall.embedded.process.ServerProcess;
import dev.mall.embedded.process.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledJvmIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** PostgreSQL's and Redis', with their data, from one test to the next. */
  @TempDir static Path shared;

  @TempDir Path directory;

  private List<ServerProcess> servers = List.of();

  @AfterEach
  void leaveNothing() {
    assertThat(Waiting.until(PATIENCE, () -> servers.stream().noneMatch(ServerProcess::alive)))
        .isTrue();
  }

  @Test
  void takesItsServersAlong() throws Exception {
    try (var child = ChildJvm.start(ServesUntilKilled.class, shared)) {
      servers = serversOf(child);
      assertThat(servers).hasSize(2).allMatch(ServerProcess::alive);

      child.kill();

      leaveNothing();
    }
  }

  @Test
  void doesNotKeepTheNextOneFromStarting() throws Exception {
    try (var child = ChildJvm.start(ServesUntilKilled.class, shared)) {
      servers = serversOf(child);
      killGuardsOf(child);
      child.kill();
      assertThat(servers).allMatch(ServerProcess::alive);

      try (var postgres = postgres();
          var redis = new EmbeddedRedis(Place.lasting(shared.resolve("redis"), 0))) {
        postgres.start();
        redis.start();

        assertThat(servers).noneMatch(ServerProcess::alive);
      }
    }
  }

  @Test
  void isLeftAloneWhileItLives() throws Exception {
    try (var child = ChildJvm.start(ServesUntilKilled.class, shared)) {
      servers = serversOf(child);

      assertThatThrownBy(() -> postgres().start())
          .isInstanceOf(ServerStartException.DirectoryTaken.class);

      assertThat(servers).allMatch(ServerProcess::alive);
    }
  }

  @Test
  void leavesKafkasDataReadable() throws Exception {
    int port;
    try (var child = ChildJvm.start(EmbeddedKafka.class, directory, 0)) {
      port = Integer.parseInt(child.ready().split(" ")[1]);
      assertThat(Ports.isFree(port)).isFalse();
      child.kill();
    }

    try (var kafka = new EmbeddedKafka(Place.lasting(directory, port))) {
      kafka.start();

      assertThat(kafka.running()).isTrue();
    }
  }

  @Test
  void endsAKafkaWhoseParentHungUp() throws Exception {
    try (var child = ChildJvm.start(EmbeddedKafka.class, directory, 0)) {
      child.process().getOutputStream().close();

      assertThat(child.process().waitFor(PATIENCE)).isTrue();
      assertThat(child.process().exitValue()).isZero();
    }
  }

  private EmbeddedPostgres postgres() {
    return new EmbeddedPostgres(Place.lasting(shared.resolve("postgres"), 0));
  }

  private static List<ServerProcess> serversOf(ChildJvm child) {
    return Stream.of(child.ready().split(" "))
        .skip(1)
        .map(pid -> new ServerProcess(Long.parseLong(pid)))
        .toList();
  }

  private static void killGuardsOf(ChildJvm child) {
    var guards = child.process().children().toList();
    assertThat(guards).hasSize(2);
    guards.forEach(ProcessHandle::destroyForcibly);
    assertThat(Waiting.until(PATIENCE, () -> guards.stream().noneMatch(ProcessHandle::isAlive)))
        .isTrue();
  }
}
