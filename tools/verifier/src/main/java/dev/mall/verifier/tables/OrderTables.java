package dev.mall.verifier.tables;

import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of order-service. */
public final class OrderTables {

  /** One per order, with its lines in one text. */
  private static final String ALL =
      """
      select o.id, o.customer_id, o.checkout, o.status, o.cancel_reason, o.total_minor, o.currency,
             coalesce(l.total, 0) as lines_total, coalesce(l.lines, '') as lines,
             coalesce(extract(epoch from clock_timestamp() - o.settled_at), 0)::bigint as final_for,
             o.announcements, o.cancellation_requested_at is not null as to_cancel,
             extract(epoch from clock_timestamp() - o.announce_next)::bigint as unannounced_for
        from orders o
        left join (
          select order_id, sum(quantity * unit_price_minor) as total,
                 string_agg(quantity || ' ' || sku, ', ' order by sku collate "C") as lines
            from order_line group by order_id) l on l.order_id = o.id
       order by o.id
      """;

  private static final String KEYS_TO_NOWHERE =
      """
      select order_id, customer_id as customer, key
        from request_key k
       where not exists (select 1 from orders o where o.id = k.order_id)
       order by order_id
      """;

  /** Cancellations that were promised, of orders that do not know of it. */
  private static final String CANCELLATIONS_LOST =
      """
      select p.id, o.status
        from unnest(?::text[]) as p (id)
        left join orders o on o.id = p.id::bigint
       where o.cancellation_requested_at is null
       order by 1
      """;

  private static final String PENDING =
      """
      select count(*) from orders
       where (status = 'PENDING' or (status = 'CONFIRMED' and cancellation_requested_at is not null))
         and not id = any(?)
      """;

  private static final String BY_STATUS =
      """
      select status || coalesce(' ' || cancel_reason, '') as what, count(*) as orders
        from orders group by 1 order by 1
      """;

  private static final String STATUS = "select id, status from orders where id = any(?)";

  private static final String KEPT =
      """
      select p.number, o.customer_id, k.order_id::text as id_of_key
        from unnest(?::text[], ?::text[], ?::text[]) with ordinality
               as p (id, customer_id, key, number)
        left join orders o on o.id = p.id::bigint
        left join request_key k on k.customer_id = p.customer_id and k.key = p.key
      """;

  private final Snapshot snapshot;

  public OrderTables(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * @param linesMinor what the lines add up to
   * @param lines quantities and SKUs, by SKU
   * @param finalFor how long it has been final; zero if it is not
   * @param announcements how often it was announced
   * @param toCancel whether the customer asked to cancel it
   * @param unannouncedFor how long the next announcement is late; negative while it is not due
   */
  public record Row(
      long id,
      String customer,
      String checkout,
      String status,
      @Nullable String cancelReason,
      long totalMinor,
      String currency,
      long linesMinor,
      String lines,
      Duration finalFor,
      int announcements,
      Duration unannouncedFor,
      boolean toCancel) {

    /** Whether a saga settles it. */
    public boolean isOrchestrated() {
      return !checkout.equals("CHOREOGRAPHY");
    }

    public boolean isPending() {
      return status.equals("PENDING");
    }

    /** Whether it was confirmed, and money and stock are back. */
    public boolean isReturned() {
      return status.equals("RETURNED");
    }

    public boolean isConfirmed() {
      return status.equals("CONFIRMED");
    }

    @Override
    public String toString() {
      return "%s%s, %s, %d %s, %s"
          .formatted(
              status,
              cancelReason == null ? "" : " " + cancelReason,
              customer,
              totalMinor,
              currency,
              lines);
    }
  }

  public OrderCursor<Row> all() throws SQLException {
    return snapshot.stream(OrderTables::row, Row::id, ALL);
  }

  /** Requests whose order is gone. */
  public void judge(Findings findings) throws SQLException {
    snapshot.report(findings, Kind.ORDER_LOST, KEYS_TO_NOWHERE);
  }

  /** A cancellation that was accepted. */
  public record Cancellation(String id) {}

  /** Holds order-service to the cancellations that it promised. */
  public void judge(Findings findings, List<Cancellation> promised) throws SQLException {
    snapshot.report(
        findings,
        Kind.CANCELLATION_LOST,
        CANCELLATIONS_LOST,
        (Object) promised.stream().map(Cancellation::id).toArray(String[]::new));
  }

  /** How many orders are not final, or are to be returned, but for the planted ones. */
  public long pending(Set<Long> planted) throws SQLException {
    return snapshot.number(PENDING, planted);
  }

  public List<Summary.Line> summary() throws SQLException {
    return snapshot.list(
        row -> new Summary.Line(row.getString("what"), row.getLong("orders")), BY_STATUS);
  }

  /** The status of those of the orders that exist by now. */
  public Map<Long, String> statusOf(Set<Long> ids) throws SQLException {
    return snapshot
        .list(row -> Map.entry(row.getLong("id"), row.getString("status")), STATUS, ids)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** An accepted order, and the key of the request. */
  public record Promise(String id, String customer, @Nullable String key) {}

  /**
   * The state of an accepted order.
   *
   * @param number of the promise, from 0
   * @param customer the order's; null if there is no such order
   * @param idOfKey the order that the promise's key stands for, if it is known
   */
  public record Kept(int number, @Nullable String customer, @Nullable String idOfKey) {}

  public List<Kept> kept(List<Promise> promises) throws SQLException {
    return snapshot.list(
        row ->
            new Kept(
                row.getInt("number") - 1, row.getString("customer_id"), row.getString("id_of_key")),
        KEPT,
        promises.stream().map(Promise::id).toArray(String[]::new),
        promises.stream().map(Promise::customer).toArray(String[]::new),
        promises.stream().map(Promise::key).toArray(String[]::new));
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        row.getString("customer_id"),
        row.getString("checkout"),
        row.getString("status"),
        row.getString("cancel_reason"),
        row.getLong("total_minor"),
        row.getString("currency"),
        row.getLong("lines_total"),
        row.getString("lines"),
        Duration.ofSeconds(row.getLong("final_for")),
        row.getInt("announcements"),
        Duration.ofSeconds(row.getLong("unannounced_for")),
        row.getBoolean("to_cancel"));
  }
}
