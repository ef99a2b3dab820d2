package dev.mall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests of an HTTP client, and the problems that answer them. */
abstract class ShopRequests extends ShopTests {

  static final HttpClient http = HttpClient.newHttpClient();
  static final JsonMapper json = JsonMapper.builder().build();

  HttpResponse<String> get(String path) throws Exception {
    return get(path, UnaryOperator.identity());
  }

  HttpResponse<String> get(String path, UnaryOperator<HttpRequest.Builder> with) throws Exception {
    return send(with.apply(request(path)));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  static JsonNode problem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    var problem = json.readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asString()).isNotBlank();
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(Map.of("type", problem.path("type").asString()))
        .hasEntrySatisfying("type", t -> assertThat(t).startsWith("https://mall.dev/problems/"));
    return problem;
  }

  static String type(JsonNode problem) {
    return problem.path("type").asString().replaceFirst(".*/", "");
  }
}
