package dev.mall.lab.consensus.cluster;

import dev.mall.embedded.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that forwards to another one, as a network between two servers that can be cut. */
public final class NetworkLink implements AutoCloseable {

  private final int target;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  public NetworkLink(int target) {
    this.target = target;
    try {
      door = new ServerSocket();
      door.bind(Ports.address(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("link").start(this::serve);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Closes all connections, and new ones at once. */
  public void cut() {
    cut = true;
    open.forEach(NetworkLink::close);
    open.clear();
  }

  /** Takes new connections again. */
  public void mend() {
    cut = false;
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        connect(door.accept());
      } catch (IOException _) {
        // closed, or the target does not listen
      }
    }
  }

  private void connect(Socket from) throws IOException {
    open.add(from);
    var to = new Socket();
    open.add(to);
    if (cut) {
      close(from);
      return;
    }
    try {
      to.connect(Ports.address(target));
    } catch (IOException e) {
      close(from);
      throw e;
    }
    Thread.ofVirtual().start(() -> forward(from, to));
    Thread.ofVirtual().start(() -> forward(to, from));
  }

  private static void forward(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // either end has closed, or the link was cut
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
