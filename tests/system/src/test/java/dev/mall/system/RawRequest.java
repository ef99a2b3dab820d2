package dev.mall.system;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request as its bytes go over the wire, right or wrong. */
final class RawRequest {

  private static final int SHOWN = 1_500;

  String method;
  String target;
  String version = "HTTP/1.1";
  final List<String> headers = new ArrayList<>();
  byte[] body = {};
  boolean hasBody;

  /** Whether it is as the operation's document has it. */
  boolean valid;

  /** Whether it still asks for the operation that it was made for, in proper HTTP. */
  boolean asksOperation = true;

  /** Whether the connection is of no use afterwards: the rest may be taken for a request. */
  boolean endsConnection;

  /** Whether the body follows the head as it is, without {@code Content-Length}. */
  boolean framesItself;

  RawRequest(String method, String target) {
    this.method = method;
    this.target = target;
  }

  void header(String name, String value) {
    headers.removeIf(it -> it.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    headers.add(name + ": " + value);
  }

  void json(byte[] text) {
    body = text;
    hasBody = true;
  }

  void malformed() {
    asksOperation = false;
    endsConnection = true;
  }

  byte[] bytes() {
    var head = new StringBuilder(method).append(' ').append(target).append(' ').append(version);
    head.append("\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (hasBody && !framesItself) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  @Override
  public String toString() {
    return escaped(new String(bytes(), StandardCharsets.ISO_8859_1));
  }

  /** In printable ASCII, for a report. */
  static String escaped(String text) {
    var shown = new StringBuilder();
    text.chars()
        .limit(SHOWN)
        .forEach(c -> {
          if (c == '\n') {
            shown.append("\\n\n      ");
          } else if (c < 0x20 || c > 0x7e) {
            shown.append("\\x%02x".formatted(c));
          } else {
            shown.append((char) c);
          }
        });
    return text.length() > SHOWN ? shown + "... (%d bytes)".formatted(text.length()) : shown + "";
  }
}
