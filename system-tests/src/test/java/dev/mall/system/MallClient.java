package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP to the services as customers and shop keepers do. */
final class MallClient {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final JsonMapper json = JsonMapper.builder().build();
  private final URI orders;
  private final URI inventory;
  private final URI payment;
  private final URI notification;

  MallClient(URI orders, URI inventory, URI payment, URI notification) {
    this.orders = orders;
    this.inventory = inventory;
    this.payment = payment;
    this.notification = notification;
  }

  /** An answer, whatever its status. */
  record Answer(int status, JsonNode body) {}

  void offer(String sku, long priceMinor, int pieces) {
    var product = Map.of("name", "Product " + sku, "priceMinor", priceMinor, "currency", "EUR");
    expectSuccess(send("PUT", inventory.resolve("/products/" + sku), product, Map.of()));
    expectSuccess(
        send(
            "POST",
            inventory.resolve("/stock/%s/receipts".formatted(sku)),
            Map.of("quantity", pieces),
            Map.of("Idempotency-Key", UUID.randomUUID().toString())));
  }

  void deposit(String customer, long amountMinor) {
    expectSuccess(
        send(
            "POST",
            payment.resolve("/wallets/%s/deposits".formatted(customer)),
            Map.of("amountMinor", amountMinor, "currency", "EUR"),
            Map.of("Idempotency-Key", UUID.randomUUID().toString())));
  }

  /** One POST; throws if it got no answer. */
  Answer place(String customer, Map<String, Integer> items, Map<String, String> headers) {
    var body =
        Map.of(
            "customerId",
            customer,
            "items",
            items.entrySet().stream()
                .map(item -> Map.of("sku", item.getKey(), "quantity", item.getValue()))
                .toList(),
            "payment",
            Map.of("method", "WALLET"));
    return send("POST", orders.resolve("/orders"), body, headers);
  }

  Answer order(String id) {
    return get(orders.resolve("/orders/" + id));
  }

  Answer stock(String sku) {
    return get(inventory.resolve("/stock/" + sku));
  }

  Answer wallet(String customer) {
    return get(payment.resolve("/wallets/" + customer));
  }

  Answer notifications(String customer) {
    return get(notification.resolve("/notifications?customerId=" + customer));
  }

  Answer get(URI uri) {
    return send("GET", uri, null, Map.of());
  }

  private Answer send(String method, URI uri, Object body, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(15))
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(json.writeValueAsString(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.body().isBlank() ? json.nullNode() : json.readTree(response.body()));
    } catch (IOException none) {
      throw new NoAnswer(none);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void expectSuccess(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isBetween(200, 299);
  }

  /** The request may or may not have been taken. */
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer(IOException cause) {
      super(cause);
    }
  }
}
