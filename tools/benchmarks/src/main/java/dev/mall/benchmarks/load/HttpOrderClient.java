package dev.mall.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/** Places orders over persistent connections, as many as there are requests at once. */
public final class HttpOrderClient implements OrderClient {

  private static final String FINAL_WITHIN = "Prefer: wait=30\r\n";

  private final URI orders;
  private final String headers;
  private final Assortment assortment;
  private final AcceptedOrders accepted;
  private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicLong number = new AtomicLong();

  /**
   * @param orders the address that takes orders
   * @param headers of each order, lines that end with CRLF
   */
  public HttpOrderClient(
      URI orders, String headers, Assortment assortment, AcceptedOrders accepted) {
    this.orders = orders;
    this.headers = headers;
    this.assortment = assortment;
    this.accepted = accepted;
  }

  @Override
  public Answer place(boolean untilFinal) throws IOException {
    long order = number.getAndIncrement();
    var key = UUID.randomUUID().toString();
    var sent =
        "Idempotency-Key: %s\r\n%s%s".formatted(key, headers, untilFinal ? FINAL_WITHIN : "");
    var connection = idle.pollFirst();
    if (connection == null) {
      connection = new HttpConnection(orders);
    }
    try {
      var response = connection.post(orders.getPath(), sent, assortment.order(order));
      if (connection.isReusable()) {
        idle.addFirst(connection);
      } else {
        connection.close();
      }
      if (response.status() == 200 || response.status() == 202) {
        accepted.accepted(assortment.customerOf(order), key, id(response.body()));
      }
      return new Answer(response.status(), response.retryAfterSeconds());
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  private static String id(String body) {
    var name = "\"id\":\"";
    int start = body.indexOf(name) + name.length();
    return body.substring(start, body.indexOf('"', start));
  }

  @Override
  public void close() {
    idle.forEach(HttpConnection::close);
  }
}
