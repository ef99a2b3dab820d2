package dev.mall.order;

import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.order.OrderStore.Note;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Where accepted requests become orders, in the caller's transaction. */
@Component
public class NewOrders {

  private final OrderStore orders;
  private final Outbox outbox;

  NewOrders(OrderStore orders, Outbox outbox) {
    this.orders = orders;
    this.outbox = outbox;
  }

  /**
   * Stores orders, begins their timelines and announces them.
   *
   * @param placed all at the same time; may be empty
   * @param traceparents of the requests, one for each order
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(List<Order> placed, List<@Nullable String> traceparents, Instant at) {
    if (placed.isEmpty()) {
      return;
    }
    orders.insert(placed, traceparents, at);
    orders.note(
        placed.stream().map(o -> new Note(o.id(), HistoryEntry.What.PLACED, null)).toList(), at);
    outbox.append(announcements(placed, traceparents));
  }

  /** Orders of these ids, as they are now; also those added in this transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Order> find(Collection<Long> ids) {
    return ids.isEmpty()
        ? Map.of()
        : orders.find(ids).stream().collect(Collectors.toMap(Order::id, Function.identity()));
  }

  private static List<OutboundMessage> announcements(
      List<Order> placed, List<@Nullable String> traceparents) {
    return IntStream.range(0, placed.size())
        .mapToObj(i -> placed.get(i).announcement(traceparents.get(i)))
        .toList();
  }
}
