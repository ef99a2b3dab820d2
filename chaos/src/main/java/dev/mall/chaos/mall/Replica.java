package dev.mall.chaos.mall;

import dev.mall.chaos.points.Mutation;
import dev.mall.chaos.points.Point;
import dev.mall.verifier.books.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process of a service: its jar, with the suite's agent in it. */
public final class Replica implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private final Service service;
  private final String name;
  private final int port;
  private final ProcessBuilder command;
  private final Path control;
  private @Nullable Process process;
  private boolean broken;
  private boolean closed;

  Replica(Service service, String name, int port, ProcessBuilder command, Path control) {
    this.service = service;
    this.name = name;
    this.port = port;
    this.command = command;
    this.control = control;
  }

  public Service service() {
    return service;
  }

  public String name() {
    return name;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts what does not run and was not closed; returns before it is ready.
   *
   * @param broken promises that it breaks until it is next started
   */
  public synchronized void start(Mutation... broken) {
    if (isAlive() || closed) {
      return;
    }
    try {
      forget();
      Files.write(control.resolve("mutations"), Arrays.stream(broken).map(Mutation::name).toList());
      this.broken = broken.length > 0;
      process = command.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Whether it was last started with promises broken. */
  public synchronized boolean isBroken() {
    return broken;
  }

  public boolean isReady() {
    try {
      var request =
          HttpRequest.newBuilder(uri().resolve("/readyz")).timeout(Duration.ofSeconds(3)).build();
      return isAlive() && HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** SIGKILL: it gets no chance to say or finish anything. */
  public void kill() {
    Jvm.awaitEnd(running().destroyForcibly());
  }

  /** SIGTERM. */
  public void askToEnd() {
    running().destroy();
  }

  public boolean hasEnded(Duration atMost) throws InterruptedException {
    return running().waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** SIGSTOP: it stands still in the middle of whatever it does. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /** Lets the next thread that passes {@code point} stop there. */
  public void arm(Point point) {
    try {
      Files.createFile(control.resolve("armed-" + point));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isHeldAt(Point point) {
    return Files.exists(control.resolve("held-" + point));
  }

  /** Lets go on who is held, and holds nobody who comes later. */
  public void release(Point point) {
    try {
      Files.deleteIfExists(control.resolve("armed-" + point));
      Files.deleteIfExists(control.resolve("held-" + point));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets its wall clock wrong by as much; zero sets it right. */
  public void shiftClock(Duration by) {
    try {
      Files.writeString(control.resolve("clock"), Long.toString(by.toMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void forget() throws IOException {
    Files.createDirectories(control);
    try (var files = Files.list(control)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private synchronized Process running() {
    if (process == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return process;
  }

  private void signal(String signal) {
    try {
      var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(running().pid())).start();
      Jvm.awaitEnd(kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it for good, whatever state it is in. */
  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      Jvm.awaitEnd(process.destroyForcibly());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
