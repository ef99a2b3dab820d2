package dev.mall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service's API as an HTTP client sees it.
 *
 * @param port of the service on this host
 */
public record HttpApi(int port) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(to(path).GET());
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  public HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)));
  }

  /** To {@code path}, with a body in JSON, which the caller adds. */
  public HttpRequest.Builder json(String path) {
    return to(path).header("Content-Type", "application/json");
  }

  public static JsonNode body(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  /** Asserts that the answer is a problem of this status and type, and returns it. */
  public static JsonNode problem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(body(answer).path("type").asString()).isEqualTo("https://mall.dev/problems/" + type);
    return body(answer);
  }

  /** Asserts that the answer is a problem that names exactly {@code fields}, in any order. */
  public static void assertProblem(
      HttpResponse<String> answer, int status, String type, String... fields) {
    assertThat(problem(answer, status, type).path("errors").findValuesAsString("field"))
        .as(answer.body())
        .containsExactlyInAnyOrder(fields);
  }
}
