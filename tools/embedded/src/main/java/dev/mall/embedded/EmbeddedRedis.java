package dev.mall.embedded;

import dev.mall.embedded.process.Binaries;
import dev.mall.embedded.process.Commands;
import dev.mall.embedded.process.ParentWatchdog;
import dev.mall.embedded.process.RedisInfo;
import dev.mall.embedded.process.ServerProcess;
import dev.mall.embedded.process.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Redis server on 127.0.0.1. */
public final class EmbeddedRedis extends EmbeddedServer implements RedisServer {

  private static final Duration START = Duration.ofSeconds(20);

  private final List<String> options;
  private @Nullable ServerProcess process;
  private @Nullable ParentWatchdog guard;

  public EmbeddedRedis(Place place) {
    this(place, List.of());
  }

  /**
   * @param options of redis-server beside the usual ones, which they may not repeat; it listens
   *     without TLS on {@link #port} in any case
   */
  public EmbeddedRedis(Place place, List<String> options) {
    super("Redis", place);
    this.options = List.copyOf(options);
  }

  public ServerProcess process() {
    var current = process;
    if (current == null) {
      throw new IllegalStateException("Redis was not started");
    }
    return current;
  }

  @Override
  public String url() {
    return "redis://127.0.0.1:" + port();
  }

  @Override
  public void kill() {
    process().kill();
  }

  @Override
  public void suspend() {
    process().suspend();
  }

  @Override
  public void resume() {
    process().resume();
  }

  @Override
  public boolean running() {
    var current = process;
    return current != null && current.alive();
  }

  @Override
  void launch(int port) throws IOException {
    Files.createDirectories(place().data());
    var command =
        new ArrayList<>(
            List.of(
                Binaries.redisServer().toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--daemonize",
                "yes",
                "--set-proc-title",
                "no", // keeps the command line that shows whose it is
                "--dir",
                place().data().toString(),
                "--pidfile",
                pidFile().toString(),
                "--logfile",
                place().log().toString(),
                "--save",
                "3600",
                "1"));
    command.addAll(options);
    Commands.run(command);
    if (!Waiting.until(START, () -> answers(port))) {
      ServerProcess.serving(place().data(), pidFile()).ifPresent(ServerProcess::end);
      throw new IOException("it does not answer; see " + place().log());
    }
    process = ServerProcess.serving(place().data(), pidFile()).orElseThrow();
    guard = ParentWatchdog.over(process());
  }

  /** Whether the server of our own process id answers there, not any other. */
  private boolean answers(int port) {
    try {
      return ServerProcess.serving(place().data(), pidFile())
          .map(ours -> RedisInfo.processAt(port) == ours.pid())
          .orElse(false);
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  void halt() {
    process().end();
    dismissGuard();
  }

  @Override
  void endLeftover() throws IOException {
    dismissGuard();
    var leftover = ServerProcess.serving(place().data(), pidFile());
    leftover.ifPresent(ServerProcess::end);
    Files.deleteIfExists(pidFile());
  }

  private void dismissGuard() {
    if (guard != null) {
      guard.dismiss();
      guard = null;
    }
  }

  private Path pidFile() {
    return place().directory().resolve("redis.pid");
  }
}
