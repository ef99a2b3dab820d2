package dev.mall.order;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of one replica. */
record Client(int port) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A response. */
  record Answer(int status, JsonNode body, HttpResponse<String> response) {

    static Answer of(HttpResponse<String> response) {
      return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
    }

    long orderId() {
      return Long.parseLong(body.path("id").asString());
    }

    String orderStatus() {
      return body.path("status").asString();
    }

    /** Last part of the problem's type. */
    String problem() {
      return body.path("type").asString().replaceFirst(".*/", "");
    }

    String blamed() {
      return body.path("errors").path(0).path("field").asString();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /**
   * @param headers names and values in turn
   */
  Answer post(String body, String... headers) {
    return ask(posting(body, headers));
  }

  /** Asks to cancel an order. */
  Answer cancel(long order, String body) {
    return ask(
        HttpRequest.newBuilder(uri("/orders/%d/cancellation".formatted(order)))
            .setHeader("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  CompletableFuture<Answer> posts(String body, String... headers) {
    return HTTP.sendAsync(posting(body, headers), BodyHandlers.ofString()).thenApply(Answer::of);
  }

  Answer get(String path) {
    return ask(HttpRequest.newBuilder(uri(path)).build());
  }

  /** The status alone: an answer may have no body. */
  int status(String path, String... headers) {
    try {
      var request = HttpRequest.newBuilder(uri(path)).headers(headers).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  CompletableFuture<Answer> gets(String path) {
    return HTTP.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
        .thenApply(Answer::of);
  }

  private HttpRequest posting(String body, String... headers) {
    var request =
        HttpRequest.newBuilder(uri("/orders"))
            .setHeader("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  private Answer ask(HttpRequest request) {
    try {
      return Answer.of(HTTP.send(request, BodyHandlers.ofString()));
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private URI uri(String path) {
    return URI.create("http://localhost:%d%s".formatted(port, path));
  }
}
