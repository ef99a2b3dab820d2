package dev.mall.inventory.web;

import dev.mall.inventory.InventoryServiceTests;
import dev.mall.testing.HttpApi;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** inventory-service as a shop-keeper's client sees it. */
abstract class HttpTests extends InventoryServiceTests {

  @LocalServerPort int port;

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return api().get(path);
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
    return api().send(request);
  }

  HttpRequest.Builder to(String path) {
    return api().to(path);
  }

  HttpRequest.Builder json(String path) {
    return api().json(path);
  }

  private HttpApi api() {
    return new HttpApi(port);
  }

  static JsonNode body(HttpResponse<String> answer) {
    return HttpApi.body(answer);
  }

  static void assertProblem(
      HttpResponse<String> answer, int status, String type, String... fields) {
    HttpApi.assertProblem(answer, status, type, fields);
  }
}
