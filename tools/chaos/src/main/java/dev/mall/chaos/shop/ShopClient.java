package dev.mall.chaos.shop;

import dev.mall.cli.MallService;
import dev.mall.verifier.accepted.Journal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP to the services as customers and shop keepers do. */
public final class ShopClient {

  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final JsonMapper json = JsonMapper.shared();
  private final Function<MallService, URI> services;
  private final Journal journal;

  /**
   * @param services where a service is now
   * @param journal for deposits and receipts of stock that are acknowledged
   */
  public ShopClient(Function<MallService, URI> services, Journal journal) {
    this.services = services;
    this.journal = journal;
  }

  /** An answer, whatever its status. */
  public record Answer(int status, JsonNode body) {

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /** The request may or may not have been taken. */
  public static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer(Exception cause) {
      super(cause);
    }

    /** The request was not accepted: the connection was refused. */
    boolean isRefused() {
      return getCause() instanceof ConnectException;
    }
  }

  /** Puts a product on offer. */
  public void offer(String sku, long priceMinor, int pieces) {
    var product = Map.of("name", "Product " + sku, "priceMinor", priceMinor, "currency", "EUR");
    insist(() -> send("PUT", MallService.INVENTORY, "/products/" + sku, product, null));
    receive(sku, pieces);
  }

  public void receive(String sku, int pieces) {
    var key = UUID.randomUUID().toString();
    var path = "/stock/%s/receipts".formatted(sku);
    insist(() -> send("POST", MallService.INVENTORY, path, Map.of("quantity", pieces), key));
    journal.received(sku, key, pieces);
  }

  public void deposit(String customer, long amountMinor) {
    var key = UUID.randomUUID().toString();
    var money = Map.of("amountMinor", amountMinor, "currency", "EUR");
    insist(() ->
        send("POST", MallService.PAYMENT, "/wallets/%s/deposits".formatted(customer), money, key));
    journal.deposited(customer, key, amountMinor, "EUR");
  }

  /**
   * One POST.
   *
   * @throws NoAnswer if none came
   */
  public Answer place(RequestedOrder order, String key) {
    var items =
        order.items().entrySet().stream()
            .map(item -> Map.of("sku", item.getKey(), "quantity", item.getValue()))
            .toList();
    var body =
        Map.of(
            "customerId", order.customer(), "items", items, "payment", Map.of("method", "WALLET"));
    return send("POST", MallService.ORDER, "/orders", body, key);
  }

  /**
   * @throws NoAnswer if none came
   */
  public Answer order(String id) {
    return send("GET", MallService.ORDER, "/orders/" + id, null, null);
  }

  /**
   * @throws NoAnswer if none came
   */
  public Answer stock(String sku) {
    return send("GET", MallService.INVENTORY, "/stock/" + sku, null, null);
  }

  /** Repeats a request of the shop keeper until it is acknowledged: it is not under test. */
  private static void insist(Supplier<Answer> request) {
    var last = "no answer";
    for (int attempt = 0; attempt < 600; attempt++) {
      try {
        var answer = request.get();
        if (answer.isSuccess()) {
          return;
        }
        last = answer.toString();
      } catch (NoAnswer lost) {
        last = lost.toString();
      }
      try {
        Thread.sleep(500);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped before it was acknowledged", stopped);
      }
    }
    throw new IllegalStateException("the shop keeper gives up: " + last);
  }

  private Answer send(
      String method,
      MallService service,
      String path,
      @Nullable Object body,
      @Nullable String key) {
    var request =
        HttpRequest.newBuilder(services.apply(service).resolve(path))
            .timeout(ANSWER)
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(json.writeValueAsString(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      var text = response.body();
      return new Answer(response.statusCode(), json.readTree(text.isBlank() ? "{}" : text));
    } catch (IOException | JacksonException none) {
      throw new NoAnswer(none);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NoAnswer(stopped);
    }
  }
}
