package dev.mall.system;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Makes requests for one operation: one in six as it should be, the others wrong in one way or two.
 */
final class RequestGenerator {

  private static final int TURNS = 12;
  private static final int FIRST_VALID_TURN = 10;

  private final ApiOperation operation;
  private final Map<String, String> authorization;
  private final Random random;
  private final ApiValues values;
  private final String marker;
  private final BodyMutations bodies;
  private final HttpMutations http;

  /**
   * @param authorization headers by which the service knows the sender; empty: none
   * @param known values of parameters by their names, that there are
   */
  RequestGenerator(
      ApiOperation operation,
      Map<String, String> authorization,
      long seed,
      Map<String, List<String>> known,
      String marker) {
    this.operation = operation;
    this.authorization = authorization;
    this.random = new Random(31 * seed + operation.toString().hashCode());
    this.values = new ApiValues(random, known, marker);
    this.marker = marker;
    this.bodies = new BodyMutations(random, values);
    this.http = new HttpMutations(random, marker);
  }

  RawRequest next() {
    var query = validQuery();
    var path = path(false);
    int turn = random.nextInt(TURNS);
    if (turn == 0) {
      path = path(true);
    } else if (turn == 1 || turn == 2) {
      query = oddQuery(query);
    }
    var request = new RawRequest(operation.method(), target(path, query));
    request.asksOperation = turn != 0 || keepsPath(path);
    fill(request);
    request.valid = turn >= FIRST_VALID_TURN;
    mutations(turn).forEach(mutation -> mutation.accept(request));
    return request;
  }

  private List<Consumer<RawRequest>> mutations(int turn) {
    return switch (turn) {
      case 3, 4, 5 ->
          operation.takesBody() ? List.of(bodies::mutate) : List.of(http::header, bodies::unasked);
      case 6 -> List.of(http::header);
      case 7 -> List.of(http::header, operation.takesBody() ? bodies::mutate : http::header);
      case 8 -> List.of(random.nextInt(3) == 0 ? http::method : http::header);
      case 9 -> List.of(random.nextInt(2) == 0 ? http::malformed : http::header);
      default -> List.of();
    };
  }

  private void fill(RawRequest request) {
    request.header("Host", "localhost");
    authorization.forEach(request::header);
    operation
        .parametersIn("header")
        .filter(_ -> random.nextInt(3) == 0)
        .forEach(header -> request.header(name(header), headerValue(header)));
    if (operation.takesBody()) {
      request.header("Content-Type", "application/json");
      request.json(
          values
              .valid("", operation.body(), operation)
              .toString()
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** No preference for a wait that outlasts the time in which every answer must come. */
  private String headerValue(JsonNode header) {
    return name(header).equals("Prefer")
        ? "wait=" + random.nextInt(2)
        : values.validText(name(header), header.get("schema"), operation);
  }

  private static String name(JsonNode parameter) {
    return parameter.get("name").asString();
  }

  private String path(boolean odd) {
    var path = operation.path();
    for (var parameter : operation.parametersIn("path").toList()) {
      var text =
          odd
              ? values.oddText()
              : values.validText(name(parameter), parameter.get("schema"), operation);
      path = path.replace("{%s}".formatted(name(parameter)), encoded(text));
    }
    return odd && path.equals(operation.path()) ? path + oddSuffix() : path;
  }

  private String oddSuffix() {
    return values.oneOf(
        List.of("/", "//", "/..", "/%2e%2e/x", ";a=b", "%00", "%0a" + marker, "%zz", "\\x"));
  }

  /** Whether path parameters were odd, but parameters still. */
  private boolean keepsPath(String path) {
    return path.split("/", -1).length == operation.path().split("/", -1).length
        && operation.parametersIn("path").findAny().isPresent()
        && !path.matches(".*(/\\.{0,2}(/.*)?|%2F.*|%5C.*|%00.*)");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private List<String> validQuery() {
    return operation
        .parametersIn("query")
        .filter(it -> it.path("required").asBoolean(false) || random.nextInt(4) == 0)
        .map(
            it -> name(it) + "=" + encoded(values.validText(name(it), it.get("schema"), operation)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private List<String> oddQuery(List<String> query) {
    var names = operation.parametersIn("query").map(RequestGenerator::name).toList();
    var name = names.isEmpty() ? "x" : values.oneOf(names);
    switch (random.nextInt(6)) {
      case 0 ->
          query.add(
              values.oneOf(
                  List.of(
                      "x=%",
                      "x=%zz",
                      "x=%ff",
                      "%0a" + marker + "=%zz",
                      "x=%ed%a0%80",
                      "=",
                      "&&",
                      "x=%00",
                      "a[b]=1",
                      "x={",
                      "%")));
      case 1 -> query.replaceAll(it -> name + "=" + encoded(values.oddText()));
      case 2 -> query.clear();
      case 3 -> query.addAll(List.copyOf(query));
      case 4 -> {
        for (int i = 0; i < 1_100; i++) {
          query.add("a=" + i);
        }
      }
      default -> query.add(name + "=" + encoded(values.oddText()));
    }
    return query;
  }

  private static String target(String path, List<String> query) {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }
}
