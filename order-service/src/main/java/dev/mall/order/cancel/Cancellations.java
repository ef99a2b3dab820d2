package dev.mall.order.cancel;

import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.OrderEvent.CancellationRequested;
import dev.mall.contracts.OrderEvent.ReturnRequested;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.order.OrderProperties;
import dev.mall.order.OrderStatus;
import dev.mall.runtime.Columns;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The SQL of cancellations, and their messages, which are always the same for an order. */
@Repository
public class Cancellations {

  private static final String LOCK =
      """
      select id, status, checkout, customer_id, total_minor, currency, traceparent,
             cancellation_requested_at is not null as requested,
             coalesce(extract(epoch from clock_timestamp() - settled_at), 0)::bigint as settled_for
        from orders
       where id = :id
         for update
      """;

  private static final String REQUEST =
      """
      with requested as (
        update orders
           set cancellation_requested_at = clock_timestamp(), cancellation_reason = :reason,
               announce_next = clock_timestamp() + :after * interval '1 ms'
         where id = :id
        returning id, cancellation_requested_at)
      insert into order_history (order_id, at, what, detail)
      select id, cancellation_requested_at, 'CANCELLATION_REQUESTED', :reason from requested
      """;

  private static final String FIND_REQUESTED =
      """
      select id, checkout, customer_id, total_minor, currency, traceparent
        from orders
       where id = any(:ids) and cancellation_requested_at is not null
       order by id
      """;

  private static final String TAKE_LATE =
      """
      with late as (
        select id
          from orders
         where status = 'CONFIRMED' and cancellation_requested_at is not null
           and announce_next < clock_timestamp()
         order by announce_next
         limit :limit
           for update skip locked)
      update orders o
         set announcements = announcements + 1,
             announce_next = clock_timestamp() + interval '1 ms'
                             * least(:atMost, :after * power(2, least(announcements, 20)))
        from late
       where o.id = late.id
      returning o.id, o.checkout, o.customer_id, o.total_minor, o.currency, o.traceparent
      """;

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final OrderProperties properties;
  private final Abandonments abandonments;

  Cancellations(
      JdbcClient jdbc, Outbox outbox, OrderProperties properties, Abandonments abandonments) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.properties = properties;
    this.abandonments = abandonments;
  }

  Optional<String> customerOf(long orderId) {
    return jdbc.sql("select customer_id from orders where id = :id")
        .param("id", orderId)
        .query(String.class)
        .optional();
  }

  /**
   * An order whose customer cancels it: a pending one to call off, or a confirmed one to return.
   */
  record ToCancel(
      long orderId,
      CheckoutMode checkout,
      String customerId,
      long totalMinor,
      String currency,
      @Nullable String traceparent) {

    /** Starts the saga that returns the order. */
    OutboundMessage announcement() {
      return message(
          "return-requested ", new ReturnRequested(orderId, customerId, totalMinor, currency));
    }

    /** Calls off the checkout, for the customer. */
    OutboundMessage callOff() {
      return checkout.isOrchestrated()
          ? message("cancellation-requested ", new CancellationRequested(orderId))
          : Abandonments.message(orderId, CancelReason.CUSTOMER, traceparent);
    }

    private OutboundMessage message(String kind, OrderEvent event) {
      var id = UUID.nameUUIDFromBytes((kind + orderId).getBytes(StandardCharsets.US_ASCII));
      return new OutboundMessage(id, event, null, traceparent);
    }
  }

  /**
   * An order when its cancellation is requested.
   *
   * @param settledFor how long it has been final; zero while it is pending
   */
  record Standing(ToCancel order, OrderStatus status, boolean requested, Duration settledFor) {}

  /** Locks the order until the transaction ends. */
  Optional<Standing> lock(long orderId) {
    return jdbc.sql(LOCK)
        .param("id", orderId)
        .query((row, _) ->
            new Standing(
                toCancel(row),
                OrderStatus.valueOf(row.getString("status")),
                row.getBoolean("requested"),
                Duration.ofSeconds(row.getLong("settled_for"))))
        .optional();
  }

  /** Stores the request and adds it to the order's timeline. */
  void request(long orderId, String reason) {
    jdbc.sql(REQUEST)
        .param("id", orderId)
        .param("reason", reason)
        .param("after", properties.announceAgainAfter().toMillis())
        .update();
  }

  /** Announces that these orders, confirmed in this transaction, are to be returned. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void announceReturns(List<Long> orderIds) {
    if (!orderIds.isEmpty()) {
      outbox.append(requested(orderIds).map(ToCancel::announcement).toList());
    }
  }

  /**
   * Cancellations of those of these pending orders whose customers have requested one, and of those
   * without an orchestrator that were announced too often.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<OutboundMessage> callOffs(List<Long> orderIds) {
    return Stream.concat(
            requested(orderIds).map(ToCancel::callOff),
            abandonments.ofAnnouncedTooOften(orderIds).stream())
        .toList();
  }

  private Stream<ToCancel> requested(List<Long> orderIds) {
    return jdbc
        .sql(FIND_REQUESTED)
        .param("ids", Columns.longs(orderIds))
        .query((row, _) -> toCancel(row))
        .list()
        .stream();
  }

  /** Announcements of returns that are late; sets the time of the next one. */
  List<OutboundMessage> takeLate(int limit) {
    return jdbc.sql(TAKE_LATE)
        .param("limit", limit)
        .param("after", properties.announceAgainAfter().toMillis())
        .param("atMost", properties.announceAgainAtMost().toMillis())
        .query((row, _) -> toCancel(row).announcement())
        .list();
  }

  private static ToCancel toCancel(ResultSet row) throws SQLException {
    return new ToCancel(
        row.getLong("id"),
        CheckoutMode.valueOf(row.getString("checkout")),
        row.getString("customer_id"),
        row.getLong("total_minor"),
        row.getString("currency"),
        row.getString("traceparent"));
  }
}
