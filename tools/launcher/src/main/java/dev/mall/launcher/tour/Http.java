package dev.mall.launcher.tour;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON over HTTP, as a client with patience does it: what may be repeated is repeated while the
 * answer is "later" (503) or there is none.
 */
final class Http {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(45);

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  HttpReply get(URI uri, Map<String, String> headers) {
    return patiently(() -> getOnce(uri, headers));
  }

  HttpReply getOnce(URI uri, Map<String, String> headers) {
    return send(request(uri, headers).GET().build());
  }

  HttpReply put(URI uri, Object body) {
    var request =
        request(uri, Map.of("Content-Type", "application/json"))
            .PUT(BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    return patiently(() -> send(request));
  }

  /** For what is done once per key, however often it is sent. */
  HttpReply post(URI uri, Object body, String idempotencyKey) {
    return patiently(() -> postOnce(uri, body, Map.of("Idempotency-Key", idempotencyKey)));
  }

  HttpReply postOnce(URI uri, Object body, Map<String, String> headers) {
    return send(
        request(uri, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
            .build());
  }

  private static HttpRequest.Builder request(URI uri, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(uri).timeout(ANSWER);
    headers.forEach(request::header);
    return request;
  }

  private static HttpReply patiently(Supplier<HttpReply> request) {
    return patiently(request, HttpReply::isLater);
  }

  /** Sends the request again while the answer passes {@code again}, for a while. */
  static HttpReply patiently(Supplier<HttpReply> request, Predicate<HttpReply> again) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var reply = request.get();
    while (again.test(reply) && System.nanoTime() - end < 0) {
      Polling.pause(reply.retryAfter());
      reply = request.get();
    }
    return reply;
  }

  private HttpReply send(HttpRequest request) {
    var name = request.method() + " " + request.uri();
    try {
      return reply(name, client.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return HttpReply.none(name, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedReplyException(name + " was interrupted", e);
    }
  }

  private HttpReply reply(String name, HttpResponse<String> response) {
    int retryAfter = response.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(0);
    return new HttpReply(name, response.statusCode(), tree(response.body()), retryAfter);
  }

  private JsonNode tree(String body) {
    try {
      return body.isBlank() ? JsonNodeFactory.instance.objectNode() : json.readTree(body);
    } catch (JacksonException _) {
      return JsonNodeFactory.instance.stringNode(body);
    }
  }
}
