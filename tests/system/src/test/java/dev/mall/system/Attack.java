package dev.mall.system;

import dev.mall.cli.MallService;
import dev.mall.cli.access.MachineClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A request by which the suite was broken into or stopped once, or could have been, and the answers
 * that it may get.
 *
 * @param client whose token it has; empty: none
 */
record Attack(
    String name,
    MallService service,
    Optional<MachineClient> client,
    RawRequest request,
    Set<Integer> answers) {

  private static final String ORDER =
      """
      {"customerId":"fuzz-0","items":[{"sku":"fuzz-sku-0","quantity":1}],"payment":{"method":"WALLET"}}\
      """;
  private static final String PRODUCT =
      """
      {"name":"x","priceMinor":1,"currency":"EUR"}\
      """;
  private static final String DEPOSIT =
      """
      {"amountMinor":1,"currency":"EUR"}\
      """;

  /**
   * @param marker that must begin no line of a log
   */
  static List<Attack> all(String marker) {
    return Stream.of(strangers(), headers(), syntax(marker), nonsense())
        .flatMap(List::stream)
        .toList();
  }

  /** Other customers' money, the shelves and the desk. */
  private static List<Attack> strangers() {
    var guess = post("/orders", ORDER);
    guess.header("Authorization", "Bearer guess");
    return List.of(
        of("an order without a token", MallService.ORDER, post("/orders", ORDER), 401),
        of("an order with a token that was guessed", MallService.ORDER, guess, 401),
        of("all orders of a customer", MallService.ORDER, get("/orders?customerId=fuzz-0"), 401),
        of("a wallet", MallService.PAYMENT, get("/wallets/fuzz-0"), 401),
        of("notifications", MallService.NOTIFICATION, get("/notifications?customerId=x"), 401),
        of("sagas", MallService.SAGA, get("/sagas"), 401),
        by(
            MachineClient.LOAD,
            "money for a customer",
            MallService.PAYMENT,
            post("/wallets/fuzz-0/deposits", DEPOSIT),
            403),
        by(
            MachineClient.LOAD,
            "another price",
            MallService.INVENTORY,
            put("/products/fuzz-sku-0", PRODUCT),
            403),
        by(
            MachineClient.LOAD,
            "more stock",
            MallService.INVENTORY,
            post("/stock/fuzz-sku-0/receipts", "{\"quantity\":1}"),
            403),
        by(
            MachineClient.IMPORT,
            "a paused step",
            MallService.SAGA,
            put("/steps/commit/pause", "{\"who\":\"x\",\"why\":\"y\"}"),
            403));
  }

  /** Headers that cost a parser much more time than their length. */
  private static List<Attack> headers() {
    return Stream.of(
            "wait=" + " ".repeat(14_500) + "\"x\"y",
            "wait" + " ".repeat(14_500) + "=",
            ",".repeat(15_000),
            ",\",\"".repeat(1_000),
            "\"".repeat(15_000))
        .map(value -> {
          var request = post("/orders", ORDER);
          request.header("Prefer", value);
          var name = "Prefer: %s...".formatted(value.strip().substring(0, 3));
          return by(MachineClient.LOAD, name, MallService.ORDER, request, 200, 202, 400, 431);
        })
        .toList();
  }

  /** Formats, encodings and framing that were answered with 500, or read as something else. */
  private static List<Attack> syntax(String marker) {
    var attacks = new ArrayList<Attack>();
    for (var type : List.of("application/yaml", "text/yaml", "application/x-yaml", "*/*")) {
      var yaml = post("/orders", "customerId: fuzz-0\n");
      yaml.header("Content-Type", type);
      attacks.add(by(MachineClient.LOAD, "a body of " + type, MallService.ORDER, yaml, 415));
    }
    for (var accept : List.of("application/yaml", "garbage", ";", "a/b,".repeat(1_000))) {
      var request = get("/products/fuzz-sku-0");
      request.header("Accept", accept);
      var name = "Accept: %.20s".formatted(accept);
      attacks.add(of(name, MallService.INVENTORY, request, 406));
    }
    var parameters = "&a=1".repeat(1_100);
    for (var query : List.of("x=%", "x=%zz", "x=%ff", "%0a" + marker + "=%zz", parameters)) {
      var request = get("/orders?customerId=fuzz-0&" + query);
      var name = "?%.20s".formatted(query);
      attacks.add(by(MachineClient.LOAD, name, MallService.ORDER, request, 400));
    }
    for (var chunk : List.of("zz", "-5", "FFFFFFFFFFFFFFFF")) {
      var request = post("/orders", "");
      request.framesItself = true;
      request.header("Transfer-Encoding", "chunked");
      request.body = (chunk + "\r\n").getBytes(StandardCharsets.US_ASCII);
      request.malformed();
      var name = "a chunk of %s bytes".formatted(chunk);
      attacks.add(by(MachineClient.LOAD, name, MallService.ORDER, request, 400));
    }
    for (var coding : List.of("br", "gzip", "bogus")) {
      var request = post("/orders", ORDER);
      request.header("Content-Encoding", coding);
      var name = "Content-Encoding: " + coding;
      attacks.add(by(MachineClient.LOAD, name, MallService.ORDER, request, 400, 415));
    }
    return attacks;
  }

  /** Requests that mean something else than what was done, or nothing. */
  private static List<Attack> nonsense() {
    return List.of(
        by(
            MachineClient.LOAD,
            "a price guard that is misspelt",
            MallService.ORDER,
            post("/orders", ORDER.replaceFirst("\\{", "{\"expectedTotal\":1,")),
            400),
        by(
            MachineClient.LOAD,
            "a number for a customer",
            MallService.ORDER,
            post("/orders", ORDER.replace("\"fuzz-0\"", "5")),
            400),
        by(
            MachineClient.LOAD,
            "a hexadecimal id",
            MallService.ORDER,
            get("/orders/0x1F"),
            400,
            404),
        by(
            MachineClient.IMPORT,
            "a product named ..",
            MallService.INVENTORY,
            put("/products/..", PRODUCT),
            400,
            404),
        by(
            MachineClient.IMPORT,
            "a currency that was withdrawn",
            MallService.INVENTORY,
            put("/products/fuzz-dem", PRODUCT.replace("EUR", "DEM")),
            400),
        by(
            MachineClient.IMPORT,
            "a key twice",
            MallService.INVENTORY,
            put("/products/fuzz-twice", PRODUCT.replace("{", "{\"priceMinor\":5,")),
            400));
  }

  private static Attack of(String name, MallService service, RawRequest request, int answer) {
    return new Attack(name, service, Optional.empty(), request, Set.of(answer));
  }

  private static Attack by(
      MachineClient client,
      String name,
      MallService service,
      RawRequest request,
      Integer... answers) {
    return new Attack(
        name, service, Optional.of(client), request, Set.copyOf(Arrays.asList(answers)));
  }

  private static RawRequest get(String target) {
    var request = new RawRequest("GET", target);
    request.header("Host", "localhost");
    return request;
  }

  private static RawRequest post(String target, String json) {
    return withBody("POST", target, json);
  }

  private static RawRequest put(String target, String json) {
    return withBody("PUT", target, json);
  }

  private static RawRequest withBody(String method, String target, String json) {
    var request = new RawRequest(method, target);
    request.header("Host", "localhost");
    request.header("Content-Type", "application/json");
    request.json(json.getBytes(StandardCharsets.UTF_8));
    return request;
  }

  @Override
  public String toString() {
    return name;
  }
}
