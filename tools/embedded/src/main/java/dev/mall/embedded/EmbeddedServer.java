package dev.mall.embedded;

import dev.mall.embedded.process.Directories;
import dev.mall.embedded.process.DirectoryLock;
import dev.mall.embedded.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A server at a {@link Place}, which can be stopped, started again on the same port with its data
 * or without, and closed. Starting finds and ends what a killed process left running there.
 *
 * <p>It registers no shutdown hook: who owns several servers closes them in the right order.
 */
public abstract sealed class EmbeddedServer implements Server
    permits EmbeddedPostgres, EmbeddedKafka, EmbeddedRedis {

  private static final int PORT_ATTEMPTS = 5;

  private final Place place;
  private final String name;
  private int port;
  private @Nullable DirectoryLock lock;

  EmbeddedServer(String name, Place place) {
    this.name = name;
    this.place = place;
    this.port = place.port();
  }

  /** The port; 0 before the first start if any will do. */
  public final synchronized int port() {
    return port;
  }

  public final Place place() {
    return place;
  }

  /**
   * Starts on the port and the data of the last time and returns when the server answers.
   *
   * @throws ServerStartException if it cannot; nothing is left running
   */
  @Override
  public final synchronized void start() {
    if (running()) {
      throw new IllegalStateException(name + " is running already");
    }
    try {
      takeDirectory();
      endLeftover();
      if (port == 0) {
        startOnAnyPort();
      } else {
        startOn(port);
      }
    } catch (IOException e) {
      throw new ServerStartException("%s did not start: %s".formatted(name, e.getMessage()), e);
    } finally {
      if (!running()) {
        releaseDirectory();
      }
    }
  }

  @Override
  public final synchronized void stop() {
    try {
      if (running()) {
        halt();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + " did not stop", e);
    } finally {
      releaseDirectory();
    }
  }

  @Override
  public final synchronized void restart() {
    stop();
    start();
  }

  @Override
  public final synchronized void restartEmpty() {
    stop();
    deleteData();
    start();
  }

  /** Stops and deletes a temporary place. */
  @Override
  public final synchronized void close() {
    stop();
    if (place.deletedOnClose()) {
      try {
        Directories.delete(place.directory());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Starts on a port that was free just now; on failure nothing runs. */
  abstract void launch(int port) throws IOException;

  abstract void halt() throws IOException;

  /** Ends what an earlier owner of the directory, dead by now, left running. */
  abstract void endLeftover() throws IOException;

  private void startOn(int wanted) throws IOException {
    if (!Ports.isFree(wanted)) {
      throw new ServerStartException.PortTaken(name, wanted);
    }
    launch(wanted);
  }

  private void startOnAnyPort() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int candidate = Ports.free();
      try {
        startOn(candidate);
        port = candidate;
        return;
      } catch (ServerStartException | IOException e) {
        boolean lostTheRace = !Ports.isFree(candidate);
        if (!lostTheRace || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void takeDirectory() throws IOException {
    if (lock == null) {
      lock =
          DirectoryLock.tryLock(place.directory())
              .orElseThrow(() -> new ServerStartException.DirectoryTaken(place));
    }
  }

  private void releaseDirectory() {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      lock = null;
    }
  }

  private void deleteData() {
    try {
      Directories.delete(place.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
