package dev.mall.lab.clocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The messages of orders that were placed in a real mall whose services' clocks were wrong.
 *
 * @param skewMillis by how much the clock of each service was ahead; negative for behind
 * @param messages in the order in which they were created
 */
record RecordedOrders(Map<String, Long> skewMillis, List<RecordedMessage> messages) {

  /**
   * A message of a real order, as it lay in its topic.
   *
   * @param number from 1, in the order in which messages were created
   * @param order number of the order that it is about
   * @param to the service that received it; null if none handles it
   * @param causedBy number of the message that it answers or follows from; null for the first
   * @param created on the clock of the database, which was right
   * @param stamped by Kafka's client, on the clock of the sending service
   */
  record RecordedMessage(
      int number,
      int order,
      String type,
      String from,
      @Nullable String to,
      @Nullable Integer causedBy,
      Instant created,
      Instant stamped) {}

  /** The number of an order that was placed while no other was under way. */
  static final List<Integer> ALONE = List.of(1);

  /** The numbers of two orders that were placed at once. */
  static final List<Integer> TOGETHER = List.of(2, 3);

  private static final String RESOURCE = "orders.json";

  RecordedOrders {
    skewMillis = Map.copyOf(skewMillis);
    messages = List.copyOf(messages);
  }

  /** The recording that lies in this package. */
  static RecordedOrders load() {
    try (var json = Objects.requireNonNull(RecordedOrders.class.getResourceAsStream(RESOURCE))) {
      return JsonMapper.shared().readValue(json, RecordedOrders.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages of some orders. */
  RecordedOrders of(List<Integer> orders) {
    return new RecordedOrders(
        skewMillis, messages.stream().filter(message -> orders.contains(message.order())).toList());
  }

  /** By how much the clocks of any two services differ. */
  long widestSkewMillis() {
    var skews = skewMillis.values().stream().mapToLong(Long::longValue).summaryStatistics();
    return skews.getMax() - skews.getMin();
  }
}
