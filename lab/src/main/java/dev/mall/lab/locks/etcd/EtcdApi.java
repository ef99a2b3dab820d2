package dev.mall.lab.locks.etcd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** etcd's JSON API, by the first of its servers that answers. */
final class EtcdApi implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final List<String> addresses;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final JsonMapper json = new JsonMapper();

  EtcdApi(List<String> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  /** Bytes, as the API has them. */
  static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  /**
   * @throws IOException if no server could answer
   */
  JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    var failure = new IOException("no server of etcd answers " + path);
    for (var address : addresses) {
      try {
        var request = request(address, path, body).timeout(TIMEOUT).build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return json.readTree(response.body());
        }
        failure.addSuppressed(new IOException(response.body()));
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  /** Waits until a key is deleted, at most for a time. */
  void awaitDeletion(String key, long fromRevision, Duration atMost)
      throws InterruptedException, ExecutionException {
    var request =
        request(
                addresses.getLast(),
                "/v3/watch",
                Map.of(
                    "create_request",
                    Map.of("key", encoded(key), "start_revision", Long.toString(fromRevision))))
            .build();
    var events = http.sendAsync(request, BodyHandlers.ofLines());
    CompletableFuture<Boolean> deleted =
        events.thenApplyAsync(EtcdApi::seesDeletion, task -> Thread.startVirtualThread(task));
    try {
      deleted.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      var _ = events.thenAccept(response -> response.body().close());
      events.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String address, String path, Map<String, ?> body) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .POST(BodyPublishers.ofString(json.writeValueAsString(body)));
  }

  private static boolean seesDeletion(HttpResponse<Stream<String>> events) {
    try (var lines = events.body()) {
      return lines.anyMatch(line -> line.contains("\"DELETE\""));
    }
  }
}
