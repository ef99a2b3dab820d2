package dev.mall.system;

import dev.mall.chaos.fault.message.TopicClient;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.chaos.shop.ShopClient;
import dev.mall.cli.MallService;
import dev.mall.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The trace in which a customer's program places an order.
 *
 * @param id its 32 hexadecimal digits
 */
record OrderTrace(String id) {

  static OrderTrace begin() {
    return new OrderTrace(UUID.randomUUID().toString().replace("-", ""));
  }

  /** Places the order and returns its id. */
  String place(OpenMall open, RequestedOrder order) {
    var traced =
        new ShopClient(
            open.mall::uri,
            client -> {
              var headers = new HashMap<>(open.mall.credentials().of(client));
              headers.put("traceparent", "00-%s-00f067aa0ba902b7-01".formatted(id));
              return headers;
            },
            open.journal);
    var key = UUID.randomUUID().toString();
    var placed = traced.place(order, key).expect(202).text("id");
    open.journal.accepted(order.customer(), key, placed);
    return placed;
  }

  static boolean isNotified(Mall mall, String orderId) throws SQLException {
    try (var connection = mall.connect(MallService.NOTIFICATION);
        var query = connection.prepareStatement("select from notification where order_id = ?")) {
      query.setLong(1, Long.parseLong(orderId));
      return query.executeQuery().next();
    }
  }

  /** The traces of the messages about an order, by type of message. */
  static Map<String, Set<String>> tracesOf(Mall mall, String orderId) {
    var traces = new TreeMap<String, Set<String>>();
    for (var topic : Topics.ALL) {
      TopicClient.read(
          mall.kafkaServers(),
          topic,
          message -> {
            if (header(message, "mall-order-id").equals(orderId)) {
              traces
                  .computeIfAbsent(header(message, "mall-type"), _ -> new TreeSet<>())
                  .add(header(message, "traceparent").replaceAll("^00-|-.*", ""));
            }
          });
    }
    return traces;
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    return Optional.ofNullable(message.headers().lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8))
        .orElse("");
  }
}
