package dev.mall.lab.detection;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that {@link RecordHeartbeats} watches: sends a datagram with the number of the
 * interval, at the beginning of each. Those in which it was stopped are left out.
 */
final class HeartbeatSender {

  private HeartbeatSender() {}

  /**
   * @param arguments the port on the loopback interface
   */
  public static void main(String... arguments) throws IOException {
    long interval = Duration.ofMillis(HeartbeatTrace.INTERVAL).toNanos();
    int port = Integer.parseInt(arguments[0]);
    try (var socket = new DatagramSocket()) {
      long start = System.nanoTime();
      var parent = ProcessHandle.current().parent().orElseThrow();
      while (parent.isAlive()) {
        int number = 1 + (int) ((System.nanoTime() - start) / interval);
        var content = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        socket.send(
            new DatagramPacket(content, content.length, InetAddress.getLoopbackAddress(), port));
        waitUntil(start + number * interval);
      }
    }
  }

  private static void waitUntil(long end) {
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
