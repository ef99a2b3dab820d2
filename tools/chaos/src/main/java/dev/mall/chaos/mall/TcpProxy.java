package dev.mall.chaos.mall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** A TCP proxy between services and a server, whose connections can be broken. */
public final class TcpProxy implements AutoCloseable {

  private static final int CHUNK = 16 * 1024;

  private final String name;
  private final IntSupplier target;
  private final ServerSocket door;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private volatile State state = State.WHOLE;
  private volatile Duration delay = Duration.ZERO;

  /** State of all connections. */
  public enum State {
    WHOLE,
    /** Connections are reset, new ones at once. */
    CUT,
    /** The server sees its clients disconnect; clients get no answer to anything they send. */
    HALF_OPEN,
    /** Each chunk of data is delayed. */
    SLOW
  }

  private record Pair(Socket client, Socket server) {
    void reset() {
      close(client, true);
      close(server, true);
    }
  }

  /**
   * @param target the server's port, asked for with each connection
   */
  public TcpProxy(String name, int port, IntSupplier target) {
    this.name = name;
    this.target = target;
    try {
      door = new ServerSocket();
      door.setReuseAddress(true);
      door.bind(here(port), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("link-" + name).start(this::serve);
  }

  public String name() {
    return name;
  }

  public int port() {
    return door.getLocalPort();
  }

  public void cut() {
    state = State.CUT;
    pairs.forEach(Pair::reset);
  }

  public void halfOpen() {
    state = State.HALF_OPEN;
    pairs.forEach(pair -> close(pair.server(), false));
  }

  /**
   * @param each delay of each chunk, in either direction
   */
  public void slowDown(Duration each) {
    delay = each;
    state = State.SLOW;
  }

  /** Serves connections again; a half-open client notices when it sends, as on a real network. */
  public void mend() {
    state = State.WHOLE;
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        Thread.ofVirtual().name("link-" + name).start(() -> connect(client));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private void connect(Socket client) {
    try {
      while (state == State.HALF_OPEN) {
        Thread.sleep(50); // accepted, and never answered
      }
      if (state == State.CUT) {
        close(client, true);
        return;
      }
      var server = new Socket();
      server.connect(here(target.getAsInt()), 1_000);
      var pair = new Pair(client, server);
      pairs.add(pair);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pump(client, server, pair));
      pump(server, client, pair);
    } catch (IOException _) {
      close(client, true); // the port is closed
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to, Pair pair) {
    var buffer = new byte[CHUNK];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        if (state == State.HALF_OPEN) {
          continue; // dropped
        }
        if (state == State.SLOW) {
          Thread.sleep(delay);
        }
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException _) {
      // either end has gone
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      end(from, pair);
    }
  }

  /** Passes a disconnect on, unless nothing gets through. */
  private void end(Socket ended, Pair pair) {
    if (state == State.HALF_OPEN && ended.equals(pair.server())) {
      return;
    }
    pairs.remove(pair);
    pair.reset();
  }

  private static void close(Socket socket, boolean reset) {
    try (socket) {
      if (reset) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException _) {
      // it was closed
    }
  }

  private static InetSocketAddress here(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      pairs.forEach(Pair::reset);
    }
  }
}
