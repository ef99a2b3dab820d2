package dev.mall.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of 127.0.0.1. */
public final class Ports {

  /*
   * Below the range from which Linux (32768) and macOS (49152) take the ports of outgoing
   * connections: there, a client that keeps calling a stopped server may be given the server's own
   * port, connect to itself and so keep the server from coming back.
   */
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** A port on which no process listens now; never the same one twice in a JVM. */
  public static int free() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (!GIVEN.contains(port) && isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + LOWEST + " to " + HIGHEST);
  }

  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address(port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** By number, because {@code localhost} may mean ::1, where no server listens. */
  public static InetSocketAddress address(int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }
}
