package dev.mall.order.cancel;

import dev.mall.contracts.OrderEvent.OrderAbandoned;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.runtime.Columns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Gives up pending orders that no orchestrator checks out. */
@Repository
class Abandonments {

  /** The timeline has the first of an order's abandonments. */
  private static final String ABANDON =
      """
      with abandoned as (
        select id, traceparent, announcements
          from orders
         where id = any(:ids) and checkout = any(:unorchestrated)
           and cancellation_requested_at is null and announcements > :announcements),
      entry as (
        insert into order_history (order_id, at, what)
        select id, clock_timestamp(), 'ABANDONED'
          from abandoned
         where announcements = :announcements + 1)
      select id, traceparent from abandoned order by id
      """;

  private static final String[] UNORCHESTRATED =
      Stream.of(CheckoutMode.values())
          .filter(mode -> !mode.isOrchestrated())
          .map(CheckoutMode::name)
          .toArray(String[]::new);

  private final JdbcClient jdbc;
  private final AbandonmentProperties properties;

  Abandonments(JdbcClient jdbc, AbandonmentProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /** Abandons those of these pending orders that were announced too often. */
  List<OutboundMessage> ofAnnouncedTooOften(List<Long> orderIds) {
    return jdbc.sql(ABANDON)
        .param("ids", Columns.longs(orderIds))
        .param("unorchestrated", UNORCHESTRATED)
        .param("announcements", properties.announcements())
        .query((row, _) ->
            message(row.getLong("id"), CancelReason.TIMED_OUT, row.getString("traceparent")))
        .list();
  }

  /** Always the same for an order and a reason. */
  static OutboundMessage message(long orderId, CancelReason reason, @Nullable String traceparent) {
    var name = "order-abandoned %s %d".formatted(reason, orderId);
    var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
    return new OutboundMessage(id, new OrderAbandoned(orderId, reason), null, traceparent);
  }
}
