package dev.mall.embedded.process;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Asks a Redis server who it is. */
public final class RedisInfo {

  private static final Pattern PROCESS = Pattern.compile("process_id:(\\d+)");
  private static final int MILLIS = 1_000;
  private static final int LONGEST_ANSWER = 8_192;

  private RedisInfo() {}

  /** The process id of the server on the port; 0 if none answers. */
  public static long processAt(int port) {
    try (var socket = new Socket()) {
      socket.setSoTimeout(MILLIS);
      socket.connect(Ports.address(port), MILLIS);
      socket.getOutputStream().write("INFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      var answer = socket.getInputStream().readNBytes(LONGEST_ANSWER);
      var process = PROCESS.matcher(new String(answer, StandardCharsets.UTF_8));
      return process.find() ? Long.parseLong(process.group(1)) : 0;
    } catch (IOException _) {
      return 0;
    }
  }
}
