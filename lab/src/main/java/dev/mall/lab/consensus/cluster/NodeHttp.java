package dev.mall.lab.consensus.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Requests to a node, which follow a redirect to the leader. */
final class NodeHttp {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration COMMAND = Duration.ofSeconds(30);

  private final HttpClient http;
  private final int port;

  private NodeHttp(HttpClient http, int port) {
    this.http = http;
    this.port = port;
  }

  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(CONNECT)
        .build();
  }

  static NodeHttp to(int port, HttpClient http) {
    return new NodeHttp(http, port);
  }

  /** Empty if it does not answer. */
  Optional<HttpResponse<String>> get(String path) {
    return send(request(path).GET());
  }

  /** For a command of the schedule, which is not a test of the store: waits longer. */
  Optional<HttpResponse<String>> command(String path, String body) {
    return send(request(path).timeout(COMMAND).PUT(BodyPublishers.ofString(body)));
  }

  /** Empty if it does not answer. */
  Optional<HttpResponse<String>> put(String path, String body) {
    return send(request(path).PUT(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
    try {
      return Optional.of(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
