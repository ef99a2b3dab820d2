package dev.mall.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON over HTTP/1.1. A request that gets no response yields a reply with status 0. Thread-safe.
 */
public final class JsonHttpClient {

  private final JsonMapper json = JsonMapper.shared();
  private final HttpClient client;
  private final Duration responseTimeout;

  public JsonHttpClient(Duration connectTimeout, Duration responseTimeout) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .build();
    this.responseTimeout = responseTimeout;
  }

  public HttpReply get(URI uri, Map<String, String> headers) {
    return send(request(uri, headers).GET().build());
  }

  public HttpReply put(URI uri, Object body, Map<String, String> headers) {
    return send(withJson(request(uri, headers)).PUT(BodyPublishers.ofString(text(body))).build());
  }

  public HttpReply post(URI uri, Object body, Map<String, String> headers) {
    return send(withJson(request(uri, headers)).POST(BodyPublishers.ofString(text(body))).build());
  }

  /** Posts a form; the reply is JSON. */
  public HttpReply postForm(URI uri, Map<String, String> fields, Map<String, String> headers) {
    var form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(uri, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Sends a request again while its reply passes {@code again}, after the reply's Retry-After.
   *
   * @return the last reply; an interrupt ends the repetition and is kept
   */
  public static HttpReply repeatWhile(
      Predicate<HttpReply> again, Duration atMost, Supplier<HttpReply> request) {
    long end = System.nanoTime() + atMost.toNanos();
    var reply = request.get();
    while (again.test(reply) && System.nanoTime() - end < 0 && pause(reply.retryAfter())) {
      reply = request.get();
    }
    return reply;
  }

  private static boolean pause(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpRequest.Builder request(URI uri, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(uri).timeout(responseTimeout);
    headers.forEach(request::header);
    return request;
  }

  private static HttpRequest.Builder withJson(HttpRequest.Builder request) {
    return request.header("Content-Type", "application/json");
  }

  private String text(Object body) {
    return json.writeValueAsString(body);
  }

  private HttpReply send(HttpRequest request) {
    var name = request.method() + " " + request.uri();
    try {
      return reply(name, client.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return HttpReply.none(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HttpReply.none(name, e);
    }
  }

  private HttpReply reply(String name, HttpResponse<String> response) {
    int retryAfter = response.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(0);
    return new HttpReply(name, response.statusCode(), tree(response.body()), retryAfter, null);
  }

  private JsonNode tree(String body) {
    try {
      return body.isBlank() ? JsonNodeFactory.instance.objectNode() : json.readTree(body);
    } catch (JacksonException _) {
      return JsonNodeFactory.instance.stringNode(body);
    }
  }
}
