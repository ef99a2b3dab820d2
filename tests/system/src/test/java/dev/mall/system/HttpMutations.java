package dev.mall.system;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Ways in which a request's headers, method and framing are odd or wrong. */
final class HttpMutations {

  private static final List<String> METHODS =
      List.of(
          "GET", "HEAD", "OPTIONS", "TRACE", "PATCH", "DELETE", "POST", "PUT", "CONNECT", "MADEUP",
          "get");

  private final Random random;
  private final List<String> headers;

  HttpMutations(Random random, String marker) {
    this.random = random;
    this.headers =
        List.of(
            "Accept: */*",
            "Accept: application/json",
            "Accept: application/problem+json",
            "Accept: application/yaml",
            "Accept: text/html, application/xml;q=0.9",
            "Accept: garbage",
            "Accept: ;",
            "Accept: application/json;q=2",
            "Accept: " + "a/b,".repeat(1_000),
            "Content-Type: */*",
            "Content-Type: application/*",
            "Content-Type: application/yaml",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: multipart/form-data",
            "Content-Type: text/plain",
            "Content-Type: application/json;charset=utf-16",
            "Content-Type: application/json;charset=bogus",
            "Content-Type: application/json;charset=\u0000",
            "Content-Type: ",
            "Content-Type: json",
            "Content-Encoding: gzip",
            "Content-Encoding: bogus",
            "Prefer: wait",
            "Prefer: wait=31",
            "Prefer: wait=-1",
            "Prefer: wait=abc",
            "Prefer: wait=" + " ".repeat(4_000) + "\"x\"y",
            "Prefer: " + ",\",\"".repeat(1_000),
            "Prefer: " + "respond-async,".repeat(500),
            "Idempotency-Key: ",
            "Idempotency-Key: a b",
            "Idempotency-Key: \u00fc",
            "Idempotency-Key: " + "k".repeat(129),
            "Idempotency-Key: " + "k".repeat(12_000),
            "If-Match: *",
            "If-Match: \"0\"",
            "If-Match: garbage",
            "If-None-Match: *",
            "If-None-Match: W/\"1\", \"2",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "traceparent: 00-zz-zz-zz",
            "traceparent: " + "-".repeat(2_000),
            "tracestate: " + "a=b,".repeat(500),
            "baggage: a=\u001b[31m" + marker,
            "Authorization: Bearer guess",
            "Authorization: Basic \u00ff",
            "Accept-Encoding: gzip;q=x",
            "Accept-Language: " + "x".repeat(2_000),
            "Range: bytes=0-0,1-1,2-2",
            "Expect: 100-continue",
            "Expect: nonsense",
            "Cookie: " + "a=b; ".repeat(500),
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-For: a\u000b" + marker,
            "Origin: http://evil.example",
            "Access-Control-Request-Method: PUT",
            "X-Long: " + "x".repeat(15_000),
            "X-Longer: " + "x".repeat(20_000));
  }

  void header(RawRequest request) {
    var header = headers.get(random.nextInt(headers.size()));
    int colon = header.indexOf(':');
    request.header(header.substring(0, colon), header.substring(colon + 1).strip());
    boolean refusedByHttp =
        header.startsWith("X-Longer")
            || header.startsWith("Expect: n")
            || header.chars().anyMatch(c -> c < 0x20);
    if (refusedByHttp) {
      request.malformed();
    }
  }

  void method(RawRequest request) {
    request.method = METHODS.get(random.nextInt(METHODS.size()));
    request.asksOperation = false;
  }

  void malformed(RawRequest request) {
    request.malformed();
    switch (random.nextInt(12)) {
      case 0 -> chunked(request, "chunked", "zz\r\n{}\r\n0\r\n\r\n");
      case 1 -> chunked(request, "chunked", "-5\r\n{}\r\n0\r\n\r\n");
      case 2 -> chunked(request, "chunked", "FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n");
      case 3 -> chunked(request, "chunked", "2\n{}\n0\n\n");
      case 4 -> chunked(request, "identity", "");
      case 5 -> chunked(request, "gzip, chunked", "0\r\n\r\n");
      case 6 -> request.version = "HTTP/2.0";
      case 7 -> request.version = "HTTP/9.9";
      case 8 -> request.headers.removeIf(it -> it.startsWith("Host"));
      case 9 -> request.headers.add("no colon here");
      case 10 -> request.headers.add("Content-Length: 1\r\nContent-Length: 2");
      default -> request.target = request.target + "\u0001 \"<>";
    }
  }

  private static void chunked(RawRequest request, String coding, String body) {
    request.framesItself = true;
    request.header("Transfer-Encoding", coding);
    request.json(body.getBytes(StandardCharsets.UTF_8));
  }
}
