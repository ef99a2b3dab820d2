package dev.mall.gateway.routing;

import static dev.mall.testing.HttpApi.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.gateway.GatewayTests;
import dev.mall.testing.HttpApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The gateway in front of services: one that answers, one that never listens. */
@TestPropertySource(
    properties = {
      "spring.http.clients.read-timeout=2s",
      "mall.gateway.requests-per-service=3",
      "mall.gateway.origins=https://shop.example"
    })
class RoutesIT extends GatewayTests {

  private static final StubService ORDERS = new StubService();
  private static final StubService INVENTORY = new StubService();
  private static final StubService PAYMENTS = new StubService();

  private HttpApi api;

  @DynamicPropertySource
  static void services(DynamicPropertyRegistry registry) {
    registry.add("mall.gateway.services.order", ORDERS::address);
    registry.add("mall.gateway.services.inventory", INVENTORY::address);
    registry.add("mall.gateway.services.payment", PAYMENTS::address);
    registry.add("mall.gateway.services.notification", RoutesIT::absent);
    registry.add("mall.gateway.services.saga", INVENTORY::address);
  }

  @BeforeEach
  void api() {
    api = new HttpApi(port);
  }

  @AfterAll
  static void closeServices() {
    ORDERS.close();
    INVENTORY.close();
    PAYMENTS.close();
  }

  @Test
  void forwardsARequestWithItsBodyAndHeadersAndAnswersWithTheServicesAnswer() throws Exception {
    var answer =
        api.send(
            api.json("/api/orders?x=a%20b%2B&y=%C3%BC")
                .header("Idempotency-Key", "k1")
                .header("Prefer", "wait=5")
                .header("Authorization", "Bearer t")
                .POST(BodyPublishers.ofString("{\"customerId\":\"ada\"}")));
    var received = ORDERS.next();

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"path\":\"/orders\"}");
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/orders/17");
    assertThat(received.method()).isEqualTo("POST");
    assertThat(received.uri()).isEqualTo("/orders?x=a%20b%2B&y=%C3%BC");
    assertThat(received.body()).isEqualTo("{\"customerId\":\"ada\"}");
    assertThat(received.header("Idempotency-key")).containsExactly("k1");
    assertThat(received.header("Prefer")).containsExactly("wait=5");
    assertThat(received.header("Authorization")).containsExactly("Bearer t");
    assertThat(received.header("Traceparent")).hasSize(1);
  }

  @Test
  void replacesForwardedHeadersAndWithholdsCookies() throws Exception {
    var answer =
        api.send(
            api.to("/api/orders/1")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-User", "root")
                .header("Forwarded", "for=203.0.113.9")
                .header("Cookie", "JSESSIONID=1")
                .header("TE", "trailers")
                .header("X-Request-Id", "request-1")
                .GET());
    var received = ORDERS.next();

    assertThat(received.header("X-forwarded-for")).containsExactly("127.0.0.1");
    assertThat(received.header("X-forwarded-proto")).containsExactly("http");
    assertThat(received.header("X-forwarded-user")).isEmpty();
    assertThat(received.header("Forwarded")).isEmpty();
    assertThat(received.header("Cookie")).isEmpty();
    assertThat(received.header("Te")).isEmpty();
    assertThat(received.header("X-request-id")).containsExactly("request-1");
    assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("request-1");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void leavesRedirectsToTheClient() throws Exception {
    var answer = api.get("/api/orders/moved");
    ORDERS.next();

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/orders/17");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/products/espresso-cup, /products/espresso-cup",
    "/api/stock/espresso-cup/receipts, /stock/espresso-cup/receipts",
    "/api/sagas/17, /sagas/17",
    "/api/steps, /steps",
    "/api/dead-letters/1/redrive, /dead-letters/1/redrive",
    "/api/acts, /acts"
  })
  void pathsLeadToTheirService(String path, String received) throws Exception {
    assertThat(api.get(path).statusCode()).isEqualTo(202);
    assertThat(INVENTORY.next().uri()).isEqualTo(received);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/actuator/env",
    "/api/livez",
    "/api/v3/api-docs",
    "/orders",
    "/api",
    "/api/orders/../actuator/health"
  })
  void nothingElseIsForwarded(String path) throws Exception {
    problem(api.get(path), 404, "not-found");
  }

  @Test
  void aServiceThatCannotBeReachedIsAProblem() throws Exception {
    var answer = api.get("/api/notifications?customerId=ada");

    var problem = problem(answer, 503, "service-unreachable");
    assertThat(problem.path("detail").asString()).contains("notification-service", "nothing was");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
  }

  @Test
  void aServiceThatClosesTheConnectionIsAProblem() throws Exception {
    var answer =
        api.send(api.json("/api/wallets/broken").POST(BodyPublishers.ofString("{\"a\":1}")));

    assertThat(problem(answer, 502, "service-failed").path("detail").asString())
        .contains("Idempotency-Key");
  }

  @Test
  void aSlowServiceIsAProblemAndTakesABoundedNumberOfRequests() throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var held = Stream.generate(() -> held(clients)).limit(3).toList();
      for (int i = 0; i < 3; i++) {
        while (!PAYMENTS.next().uri().endsWith("/held")) {
          // the test of a closed connection left others
        }
      }

      var refused = problem(api.get("/api/wallets/ada"), 503, "overrun");
      assertThat(refused.path("detail").asString()).contains("payment-service");
      assertThat(api.get("/api/orders/1").statusCode()).as("another service").isEqualTo(202);
      ORDERS.next();
      for (var one : held) {
        problem(one.get(), 504, "service-timeout");
      }
    }
  }

  @Test
  void anAnswerThatIsStillPassedOnCountsAgainstItsService() throws Exception {
    var begun = new ArrayList<InputStream>();
    try (var client = HttpClient.newHttpClient()) {
      var request = api.to("/api/products/long").GET().build();
      for (int i = 0; i < 3; i++) {
        begun.add(client.send(request, BodyHandlers.ofInputStream()).body());
        INVENTORY.next();
      }

      problem(api.get("/api/products/cup"), 503, "overrun");
      INVENTORY.release();
      for (var body : begun) {
        body.close();
      }
    }
  }

  @Test
  void aFormBelowTheApiIsRefused() throws Exception {
    var answer =
        api.send(
            api.to("/api/orders")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("customerId=ada")));

    problem(answer, 415, "unsupported-media-type");
  }

  @Test
  void pagesOfConfiguredOriginsMayCall() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var preflight = preflight(client, "https://shop.example");
      var foreign = preflight(client, "https://evil.example");

      assertThat(preflight.statusCode()).isEqualTo(200);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
          .hasValue("https://shop.example");
      assertThat(foreign.statusCode()).isEqualTo(403);
      var answer = api.send(api.to("/api/orders/1").header("Origin", "https://shop.example").GET());
      ORDERS.next();
      assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
          .contains("Retry-After", "RateLimit, RateLimit-Policy");
    }
  }

  @Test
  void bodiesOverTheLimitAreRefused() throws Exception {
    var answer =
        api.send(api.json("/api/orders").POST(BodyPublishers.ofString("\"" + "x".repeat(70_000))));

    problem(answer, 413, "body-too-large");
  }

  @Test
  void healthIsOpenAndActuatorIsNot() throws Exception {
    assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
    problem(api.get("/actuator/prometheus"), 401, "unauthorized");
  }

  private CompletableFuture<HttpResponse<String>> held(ExecutorService clients) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return api.get("/api/wallets/held");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        clients);
  }

  private HttpResponse<String> preflight(HttpClient client, String origin)
      throws IOException, InterruptedException {
    return client.send(
        api.to("/api/orders")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.ofString(""))
            .build(),
        BodyHandlers.ofString());
  }

  /** An address on which nothing listens. */
  private static String absent() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
