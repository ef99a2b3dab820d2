package dev.mall.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.inventory.InventoryServiceTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** inventory-service as a shop-keeper's client sees it. */
abstract class HttpTests extends InventoryServiceTests {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @LocalServerPort int port;

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(to(path).GET());
  }

  HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
    return send(json(path).PUT(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> put(String path, String body, String ifMatch)
      throws IOException, InterruptedException {
    return send(json(path).header("If-Match", ifMatch).PUT(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    var request = json(path).POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)));
  }

  HttpRequest.Builder json(String path) {
    return to(path).header("Content-Type", "application/json");
  }

  static JsonNode body(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  /** The answer is a problem of this status and type, and blames these fields. */
  static void assertProblem(
      HttpResponse<String> answer, int status, String type, String... fields) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("application/problem+json"));
    assertThat(body(answer).path("type").asString()).isEqualTo("https://mall.dev/problems/" + type);
    assertThat(body(answer).path("errors").findValuesAsString("field"))
        .as(answer.body())
        .containsExactlyInAnyOrderElementsOf(List.of(fields));
  }
}
