package dev.mall.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One persistent HTTP/1.1 connection, used by one thread at a time. It costs a fraction of a
 * general client's CPU time, which the measured processes would lack.
 */
final class HttpConnection implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final String host;
  private final Socket socket;
  private final InputStream in;
  private boolean reusable = true;

  /**
   * @param status of HTTP
   * @param retryAfterSeconds the header of that name; 0 without
   */
  record Response(int status, int retryAfterSeconds, String body) {}

  HttpConnection(URI server) throws IOException {
    host = server.getAuthority();
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) TIMEOUT.toMillis());
    in = new BufferedInputStream(socket.getInputStream());
  }

  Response get(String path) throws IOException {
    return exchange("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  }

  /**
   * @param headers lines that end with CR LF
   */
  Response post(String path, String headers, String json) throws IOException {
    return exchange(
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
            .formatted(path, host, json.getBytes(StandardCharsets.UTF_8).length, headers, json));
  }

  /** Whether the server keeps the connection open; Tomcat closes it after a 503, for one. */
  boolean isReusable() {
    return reusable;
  }

  private Response exchange(String request) throws IOException {
    var out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.UTF_8));
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    int retryAfter = 0;
    for (var header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      var value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "connection" -> reusable = !value.equalsIgnoreCase("close");
        case "retry-after" -> retryAfter = Integer.parseInt(value);
        default -> {}
      }
    }
    return new Response(status, retryAfter, chunked ? chunks() : text(length));
  }

  private String chunks() throws IOException {
    var body = new StringBuilder();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.append(text(size));
      line();
    }
    line();
    return body.toString();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String text(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the server closed the connection");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    var line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // nothing is lost
    }
  }
}
