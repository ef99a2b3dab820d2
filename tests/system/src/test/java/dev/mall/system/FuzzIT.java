package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.mall.Topology;
import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.cli.MallService;
import dev.mall.cli.access.MachineClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests made from the OpenAPI documents, right and wrong ones, to every operation of a mall. A
 * run is repeated with {@code -Dfuzz.seed=N}, one operation with {@code -Dfuzz.only="POST
 * /orders"}, a longer one with {@code -Dfuzz.requests=N}.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FuzzIT {

  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 300);
  private static final String ONLY = System.getProperty("fuzz.only", "");
  private static final int AT_ONCE = 4;

  /** To an operation by each program that may not send it. */
  private static final int REFUSED_REQUESTS = 15;

  /** After which an operation is left alone: each costs the client's patience. */
  private static final int MOST_UNANSWERED = 3;

  /** Begins no line of a log, though requests are full of it behind line ends. */
  private static final String MARKER = "FORGED-LINE";

  /** Their commands are not needed by orders that go well. */
  private static final List<String> STEPS = List.of("refund", "cancel");

  private static OpenMall open;
  private static AccessTable access;
  private static Map<MallService, Map<String, List<String>>> known;

  @BeforeAll
  static void openMall(@TempDir Path home) throws Exception {
    open = OpenMall.open(home, Topology.unhurried(OpenMall.REPOSITORY).acceptingAfterDeclines());
    access = AccessTable.read();
    known = knownValues();
  }

  @AfterAll
  static void close() {
    open.close();
  }

  static List<Attack> attacks() {
    return Attack.all(MARKER);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  @Order(0)
  void anAttackIsRefused(Attack attack) throws IOException {
    var request = attack.request();
    attack.client().ifPresent(client -> headersOf(client).forEach(request::header));
    var violations = new Violations();

    try (var connection = new RawConnection(open.mall.uri(attack.service()))) {
      var answer = connection.send(request);

      new AnswerRules(violations).judge(attack.name(), "", request, answer);
      assertThat(answer.status()).as("%s", answer).isIn(attack.answers());
    }
    assertThat(violations.isEmpty()).as("%s", violations).isTrue();
  }

  /** To each operation as many requests in all, by the programs that may send them in turn. */
  @Test
  @Order(1)
  void everyAnswerIsOneThatIsDocumented() throws Exception {
    fuzzAll((operation, violations) -> {
      var allowed = access.allowed(operation);
      var rules = new AnswerRules(violations);
      for (var client : allowed) {
        fuzz(
            operation,
            Optional.of(client),
            Math.ceilDiv(REQUESTS, allowed.size()),
            violations,
            (number, request, answer) -> rules.judge(operation, number, request, answer));
      }
    });
  }

  /** Every role that the operation is not for, and no token. */
  @Test
  @Order(1)
  void noOperationServesARoleThatItIsNotFor() throws Exception {
    fuzzAll((operation, violations) -> {
      for (var client : access.refused(operation)) {
        int refusal = client.isEmpty() ? 401 : 403;
        var rules = new AnswerRules(violations);
        fuzz(
            operation,
            client,
            REFUSED_REQUESTS,
            violations,
            (number, request, answer) ->
                rules.judgeRefusal(operation, refusal, number, request, answer));
      }
    });
  }

  @FunctionalInterface
  private interface OperationRun {
    void of(ApiOperation operation, Violations violations);
  }

  private static void fuzzAll(OperationRun fuzz) throws Exception {
    var operations =
        ApiOperation.all().stream().filter(it -> it.toString().contains(ONLY)).toList();
    var violations = new Violations();

    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var runs = new ArrayList<Future<?>>();
      operations.forEach(it -> runs.add(threads.submit(() -> fuzz.of(it, violations))));
      for (var run : runs) {
        run.get();
      }
    }

    assertThat(operations).isNotEmpty();
    assertThat(violations.isEmpty()).as("-Dfuzz.seed=%d%n%s", SEED, violations).isTrue();
  }

  @Test
  @Order(2)
  void noLineOfALogIsTheClients() throws IOException {
    var violations = new Violations();
    for (var replica : open.mall.names()) {
      var log = Files.readString(open.mall.home().resolve(replica + ".log"));
      var lines = log.split("[\n\r\u0085\u2028\u2029]");
      for (int i = 0; i < lines.length; i++) {
        if (lines[i].startsWith(MARKER) || hasControls(lines[i])) {
          violations.add(replica + ": shaped by a client", RawRequest.escaped(lines[i]));
        }
        if (lines[i].contains("answered 500") || lines[i].contains("already committed")) {
          violations.add(replica + ": blames itself", traceAfter(lines, i));
        }
      }
    }

    assertThat(violations.isEmpty()).as("-Dfuzz.seed=%d%n%s", SEED, violations).isTrue();
  }

  private static String traceAfter(String[] lines, int at) {
    return Arrays.stream(lines).skip(at).limit(12).collect(Collectors.joining("\n"));
  }

  @Test
  @Order(3)
  void everythingAddsUpAfterwards() throws Exception {
    for (var step : STEPS) {
      resume(step);
    }

    open.assertSound();
  }

  @FunctionalInterface
  private interface Judge {
    void judge(String number, RawRequest request, RawConnection.Answer answer);
  }

  private static void fuzz(
      ApiOperation operation,
      Optional<MachineClient> client,
      int count,
      Violations violations,
      Judge judge) {
    var sender = client.map(MachineClient::clientId).orElse("none");
    var headers = client.map(FuzzIT::headersOf).orElse(Map.of());
    var requests =
        new RequestGenerator(
            operation, headers, SEED + sender.hashCode(), known.get(operation.service()), MARKER);
    try (var connection = new RawConnection(open.mall.uri(operation.service()))) {
      int unanswered = 0;
      for (int i = 0; i < count && unanswered < MOST_UNANSWERED; i++) {
        var request = requests.next();
        var number = "request %d of %s by %s".formatted(i, operation, sender);
        try {
          judge.judge(number, request, connection.send(request));
        } catch (IOException none) {
          unanswered++;
          var sample = "  %s: %s%n    > %s".formatted(number, none, request);
          violations.add("%s: no answer".formatted(operation), sample);
        }
      }
    } catch (IOException broken) {
      violations.add("%s: connection".formatted(operation), broken.toString());
    }
  }

  private static Map<String, String> headersOf(MachineClient client) {
    return open.mall.credentials().of(client);
  }

  private static boolean hasControls(String line) {
    return line.chars()
        .anyMatch(c ->
            (c < 0x20 && c != '\t') || c == 0x7f || (c >= 0x202a && c <= 0x202e) || c == 0x200b);
  }

  /** Orders that are final, so that no operator's act can undo what is judged. */
  private static Map<MallService, Map<String, List<String>>> knownValues() {
    var customers = IntStream.range(0, 5).mapToObj(i -> "fuzz-" + i).toList();
    var skus = IntStream.range(0, 8).mapToObj(i -> "fuzz-sku-" + i).toList();
    customers.forEach(customer -> open.shop.deposit(customer, 1_000_000));
    skus.forEach(sku -> open.shop.offer(sku, 1_000, 100));
    skus.forEach(open::awaitPriced);
    var orders =
        customers.stream()
            .map(it -> open.accept(new RequestedOrder(it, Map.of("fuzz-sku-0", 1))))
            .toList();
    orders.forEach(order -> OpenMall.soon().until(() -> !open.statusOf(order).equals("PENDING")));

    var common =
        Map.of(
            "customerId",
            customers,
            "sku",
            skus,
            "currency",
            List.of("EUR", "EUR", "USD"),
            "cursor",
            List.of("AQAAAAAAAABk"));
    return Map.of(
        MallService.ORDER, with(common, Map.of("id", orders)),
        MallService.INVENTORY, with(common, Map.of("cursor", skus)),
        MallService.PAYMENT, common,
        MallService.NOTIFICATION, common,
        MallService.SAGA,
            with(
                common,
                Map.of(
                    "orderId", orders,
                    "step", STEPS,
                    "topic", List.of("mall.payment.commands"),
                    "type", List.of("ChargePayment"),
                    "olderThan", List.of("10m", "PT5M"))));
  }

  private static Map<String, List<String>> with(
      Map<String, List<String>> common, Map<String, List<String>> own) {
    var all = new HashMap<>(common);
    all.putAll(own);
    return all;
  }

  private static void resume(String step) throws Exception {
    var reason = JsonMapper.shared().writeValueAsString(Map.of("who", "fuzz", "why", "done"));
    var request =
        HttpRequest.newBuilder(
                open.mall.uri(MallService.SAGA).resolve("/steps/%s/resume".formatted(step)))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(reason, StandardCharsets.UTF_8));
    open.mall.credentials().of(MachineClient.DESK).forEach(request::header);
    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }
}
