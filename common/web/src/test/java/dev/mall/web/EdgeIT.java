package dev.mall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that HTTP clients do not send, over sockets. */
@ExtendWith(OutputCaptureExtension.class)
class EdgeIT extends ShopTests {

  private static final String BASKET = "{\"items\":[{\"sku\":\"a\",\"quantity\":1}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/baskets/1?size=1&x=%              | 400 | bad-request",
        "/baskets/1?size=1&x=%zz            | 400 | bad-request",
        "/baskets/1?size=1&x=%ff            | 400 | bad-request",
        "/baskets/1?size=1&x=%ed%a0%80      | 400 | bad-request",
        "/sold-out?%                        | 400 | bad-request",
        "/actuator/health/../prometheus     | 404 | not-found",
        "/actuator/health/%2e%2e/prometheus | 404 | not-found",
        "/actuator/health/./liveness        | 404 | not-found",
        "/actuator/health/..;x=1/prometheus | 404 | not-found",
        "/baskets/..                        | 404 | not-found",
      })
  void anOddPathOrQueryIsTheClientsMistake(String path, int status, String type, CapturedOutput log)
      throws IOException {
    var answer = raw("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(path));

    assertProblem(answer, status, type);
    assertThat(log.getAll()).doesNotContain("answered 500", "\tat ");
  }

  @Test
  void moreParametersThanAreReadAreRefused() throws IOException {
    var query = "a=1&".repeat(1_100);

    assertProblem(get("/baskets/1?" + query, ""), 400, "bad-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "garbage",
        "application/json;charset=utf-16",
        "application/json;charset=iso-8859-1",
        "application/json;charset=nonsense",
        "application/yaml",
        "application/x-yaml",
        "application/xml",
        "application/cbor",
        "application/x-jackson-smile",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
      })
  void aBodyIsJsonInUtf8(String type) throws IOException {
    assertProblem(post("Content-Type: " + type, BASKET), 415, "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip", "deflate", "bogus"})
  void aBodyIsNotEncoded(String encoding) throws IOException {
    var headers = "Content-Type: application/json\r\nContent-Encoding: " + encoding;

    assertProblem(post(headers, BASKET), 415, "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"})
  void aBodyInAnotherEncodingIsMalformed(String charset) throws IOException {
    var body = BASKET.getBytes(charset);
    var head =
        "POST /baskets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n";

    var answer = raw(head.formatted(body.length).getBytes(StandardCharsets.US_ASCII), body);

    assertProblem(answer, 400, "malformed-body");
  }

  @Test
  void aFormThatNoHandlerReadsIsIgnored() throws IOException {
    assertThat(get("/baskets/1", "Content-Type: multipart/form-data\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/yaml", "application/problem+json", "application/vnd.basket+json"})
  void successIsPlainJson(String accept) throws IOException {
    assertProblem(get("/baskets/1", "Accept: %s\r\n".formatted(accept)), 406, "not-acceptable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", ";", "application/json;q=2", "MANY"})
  void anAcceptThatCannotBeReadIsAProblemWithABody(String accept) throws IOException {
    var header = "Accept: " + (accept.equals("MANY") ? "a/b,".repeat(900) : accept) + "\r\n";

    for (var path : new String[] {"/baskets/1", "/nowhere", "/bug", "/sold-out"}) {
      assertProblem(get(path, header), 406, "not-acceptable");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "image/png", "application/xml"})
  void anErrorIsAProblemWhateverIsAccepted(String accept) throws IOException {
    assertProblem(get("/sold-out", "Accept: %s\r\n".formatted(accept)), 400, "bad-request");
    assertProblem(get("/nowhere", "Accept: %s\r\n".formatted(accept)), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "-5\r\nabc", "FFFFFFFFFFFFFFFF\r\n", "5\nabcde\n0\n\n"})
  void aMalformedChunkIsTheClientsMistake(String chunk, CapturedOutput log) throws IOException {
    var answer =
        raw(
            "POST /baskets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk
                + "\r\n\r\n");

    assertProblem(answer, 400, "bad-request");
    assertThat(answer).doesNotContain("/error");
    assertThat(log.getAll()).doesNotContain("answered 500", "already committed", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "-5\r\nabc", "FFFFFFFFFFFFFFFF\r\n"})
  void anAnswerIsCompleteThoughTheBodyThatNoHandlerReadsIsMalformed(
      String chunk, CapturedOutput log) throws IOException {
    var answer =
        raw(
            "GET /baskets/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk
                + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("0\r\n\r\n").doesNotContain("/error");
    assertThat(log.getAll()).doesNotContain("answered 500", "already committed", "\tat ");
  }

  @Test
  void aBodyThatIsAbortedIsNotLogged(CapturedOutput log) throws IOException {
    try (var socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(head(1_000).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(BASKET.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }

    assertThat(log.getAll()).doesNotContain("answered 500", "\tat ");
  }

  static Stream<Arguments> unsupported() {
    return Stream.of(
        Arguments.of("GET / HTTP/2.0", "", 505, "http-version-not-supported"),
        Arguments.of("GET / HTTP/9.9", "", 505, "http-version-not-supported"),
        Arguments.of("CONNECT / HTTP/1.1", "", 501, "not-implemented"),
        Arguments.of(
            "POST /baskets HTTP/1.1", "Transfer-Encoding: xchunked\r\n", 501, "not-implemented"),
        Arguments.of(
            "POST /baskets HTTP/1.1", "Transfer-Encoding: identity\r\n", 501, "not-implemented"),
        Arguments.of(
            "POST /baskets HTTP/1.1",
            "Transfer-Encoding: gzip, chunked\r\n",
            501,
            "not-implemented"));
  }

  @ParameterizedTest
  @MethodSource
  void unsupported(String line, String headers, int status, String type) throws IOException {
    var answer = raw(line + "\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("/problems/" + type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Prefer",
        "Idempotency-Key",
        "Accept",
        "Accept-Language",
        "Content-Type",
        "Content-Encoding",
        "traceparent",
        "tracestate",
        "baggage",
        "If-Match",
        "If-None-Match",
        "If-Modified-Since",
        "Authorization",
        "Cookie",
        "Origin",
        "Range",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "Forwarded",
        "Upgrade",
      })
  void noHeaderTakesLong(String name) {
    for (var filler :
        new String[] {",", " ", "\"", ";", "a/b,", ",\"\"", "=", "a;b=c,", "W/\"a\","}) {
      var value = "x" + filler.repeat(15_000 / filler.length());
      assertTimeout(
          Duration.ofSeconds(2), () -> get("/keys", name + ": " + value + "\r\n"), name + filler);
      var atTheLimit = "x" + filler.repeat(4_000 / filler.length());
      assertTimeout(
          Duration.ofSeconds(2), () -> get("/keys", name + ": " + atTheLimit + "\r\n"), name);
    }
  }

  @Test
  void aLongHeaderIsRefused() throws IOException {
    assertProblem(get("/keys", "X-Any: " + "x".repeat(5_000) + "\r\n"), 400, "bad-request");
  }

  @Test
  void answersAreNeitherSniffedNorStored() throws IOException {
    for (var path : new String[] {"/baskets/1", "/nowhere", "/desk/secret"}) {
      assertThat(get(path, ""))
          .contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store")
          .doesNotContain("Strict-Transport-Security");
    }
  }

  @Test
  void pagesOfOtherOriginsMayNotCall() throws IOException {
    var answer =
        raw(
            "OPTIONS /baskets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n");

    assertProblem(answer, 403, "cross-origin");
    assertThat(answer).doesNotContain("TRACE", "Access-Control-Allow");
  }

  @Test
  void allowNamesOnlyMethodsThatThereAre() throws IOException {
    var options = raw("OPTIONS /baskets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    var trace = raw("TRACE /baskets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(options).contains("Allow: ").doesNotContain("TRACE", "PATCH");
    assertThat(trace).startsWith("HTTP/1.1 405").contains("/method-not-allowed");
  }

  @Test
  void aBodyThatIsTooLongIsReadUntilItsClientHasTheRefusal() throws IOException {
    var answer =
        raw(
            head(1_000_000).getBytes(StandardCharsets.US_ASCII),
            " ".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII));

    assertProblem(answer, 413, "body-too-large");
  }

  private String get(String path, String headers) throws IOException {
    return raw(
        "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n".formatted(path, headers));
  }

  private String post(String headers, String body) throws IOException {
    return raw(
        "POST /baskets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(headers, body.length(), body));
  }
}
