package dev.mall.system;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** HTTP/1.1 over a socket of our own, kept alive while the server keeps it. */
final class RawConnection implements AutoCloseable {

  private static final int READ_MILLIS = 10_000;

  private final URI server;
  private Socket socket = new Socket();
  private InputStream in = InputStream.nullInputStream();

  RawConnection(URI server) {
    this.server = server;
  }

  /**
   * @param headers by name in lower case
   */
  record Answer(int status, Map<String, String> headers, String body, Duration took) {

    /** Without parameters, like {@code application/json}; empty if there is none. */
    String mediaType() {
      return headers.getOrDefault("content-type", "").split(";", 2)[0].strip();
    }

    /** Whether the connection ends with this answer. */
    boolean closes() {
      return Stream.of(headers.getOrDefault("connection", "").split(","))
          .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }

    @Override
    public String toString() {
      return "%d %s %s".formatted(status, headers, RawRequest.escaped(body));
    }
  }

  /**
   * Sends on the connection of the answer before, unless that said that the server closes it. A
   * server that closes without saying so leaves a request unanswered, which is its fault: clients
   * that are to act once do not repeat on their own.
   *
   * @throws IOException if there is no whole answer, or none in time
   */
  Answer send(RawRequest request) throws IOException {
    if (socket.isClosed() || !socket.isConnected()) {
      connect();
    }
    long began = System.nanoTime();
    try {
      write(request.bytes());
      var answer = read(request, began);
      if (request.endsConnection || answer.closes()) {
        close();
      }
      return answer;
    } catch (IOException broken) {
      close();
      throw broken;
    }
  }

  private void connect() throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A server that refuses a long body may stop reading it: its answer counts. */
  private void write(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException _) {
      // reading the answer fails as well if there is none
    }
  }

  private Answer read(RawRequest request, long began) throws IOException {
    var statusLine = line();
    if (!statusLine.startsWith("HTTP/1.1 ")) {
      throw new IOException("no status line: " + RawRequest.escaped(statusLine));
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    var headers = headers();
    if (status < 200) {
      return read(request, began);
    }
    boolean bodiless = request.method.equals("HEAD") || status == 204 || status == 304;
    var body = bodiless ? "" : body(headers);
    return new Answer(status, headers, body, Duration.ofNanos(System.nanoTime() - began));
  }

  private Map<String, String> headers() throws IOException {
    var headers = new TreeMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          "%s, %s"::formatted);
    }
    return headers;
  }

  private String body(Map<String, String> headers) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      return chunks();
    }
    var length = headers.get("content-length");
    var bytes = length == null ? toTheEnd() : exactly(Integer.parseInt(length));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A body without a length ends with the connection. */
  private byte[] toTheEnd() throws IOException {
    var bytes = in.readAllBytes();
    close();
    return bytes;
  }

  private String chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    int size = Integer.parseInt(line(), 16);
    while (size > 0) {
      body.writeBytes(exactly(size));
      line();
      size = Integer.parseInt(line(), 16);
    }
    line();
    return body.toString(StandardCharsets.UTF_8);
  }

  private byte[] exactly(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body ended early");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed without an answer");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
