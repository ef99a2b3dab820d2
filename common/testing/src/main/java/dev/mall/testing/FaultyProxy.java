package dev.mall.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a service and a server it depends on, on a port of its own that stays the same,
 * and does to the connections what networks do.
 */
public final class FaultyProxy implements AutoCloseable {

  private static final int BUFFER = 16 * 1024;

  /** What happens to what passes through. */
  private enum Manner {
    PASSES,
    /** Nothing passes, neither way, and nobody is told; what was sent waits. */
    HANGS
  }

  private final IntSupplier server;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Manner manner = Manner.PASSES;
  private volatile Duration delay = Duration.ZERO;
  private @Nullable ServerSocket door;

  /**
   * @param server its port on this machine, asked for each connection
   */
  public FaultyProxy(IntSupplier server) {
    this.server = server;
    this.port = open(0);
  }

  public int port() {
    return port;
  }

  /** Ends all connections; new ones are taken. */
  public void cut() {
    sockets.forEach(FaultyProxy::close);
  }

  /** Ends all connections and refuses new ones, as a machine does whose server is stopped. */
  public void refuse() {
    lock.lock();
    try {
      var open = door;
      door = null;
      if (open != null) {
        close(open);
      }
    } finally {
      lock.unlock();
    }
    cut();
  }

  /** Lets connections stand, takes new ones, and lets nothing through: they are half open. */
  public void hang() {
    change(Manner.HANGS);
  }

  /** Holds up whatever comes, each time it comes, either way. */
  public void slow(Duration delay) {
    this.delay = delay;
  }

  /** Heals all. What hung goes on. */
  public void restore() {
    delay = Duration.ZERO;
    change(Manner.PASSES);
    lock.lock();
    try {
      if (door == null) {
        open(port);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    refuse();
    change(Manner.PASSES);
  }

  private void change(Manner manner) {
    lock.lock();
    try {
      this.manner = manner;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int open(int port) {
    try {
      var opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(local(port));
      door = opened;
      Thread.ofVirtual().name("proxy").start(() -> accept(opened));
      return opened.getLocalPort();
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  private void accept(ServerSocket opened) {
    while (!opened.isClosed()) {
      try {
        var client = opened.accept();
        sockets.add(client);
        Thread.ofVirtual().name("proxy-in").start(() -> connect(client));
      } catch (IOException _) {
        // refused from now on
      }
    }
  }

  private void connect(Socket client) {
    try {
      awaitPassage();
      var behind = new Socket();
      sockets.add(behind);
      behind.connect(local(server.getAsInt()));
      behind.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      Thread.ofVirtual().name("proxy-out").start(() -> pump(behind, client));
      pump(client, behind);
    } catch (IOException | InterruptedException _) {
      close(client);
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      var buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        Thread.sleep(delay);
        awaitPassage();
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException | InterruptedException _) {
      // cut, by either side
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void awaitPassage() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (manner == Manner.HANGS) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception _) {
      // it is as good as closed
    }
  }
}
