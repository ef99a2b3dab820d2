package dev.mall.inventory.stock.reservation;

import static dev.mall.runtime.Columns.instant;
import static dev.mall.runtime.Columns.ints;
import static dev.mall.runtime.Columns.longs;
import static dev.mall.runtime.Columns.nullableInstant;
import static dev.mall.runtime.Columns.texts;

import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.messaging.database.TimeFloor;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code reservation} and {@code reservation_line}. */
@Repository
public class ReservationStore {

  private static final String WITH_LINES =
      """
      select r.order_id, r.customer_id, r.state, r.held_until, r.revision, l.skus, l.quantities
        from reservation r
       cross join lateral (
              select array_agg(sku) as skus, array_agg(quantity) as quantities
                from reservation_line where order_id = r.order_id) l
      """;

  private static final String LOCK =
      WITH_LINES
          + """
           where r.order_id = any(:orders)
           order by r.order_id
             for no key update of r
          """;

  private static final String ARCHIVED =
      """
      select r.order_id, r.customer_id, r.state, r.held_until, r.revision, l.skus, l.quantities
        from reservation_archive r
       cross join lateral (
              select array_agg(sku) as skus, array_agg(quantity) as quantities
                from reservation_line_archive where order_id = r.order_id) l
       where r.order_id = any(:orders)
      """;

  /** Lines after their reservation: the foreign key is checked when the statement ends. */
  private static final String TAKE_OUT_OF_ARCHIVE =
      """
      with sold as (delete from reservation_archive where order_id = any(:orders) returning *),
      lines as (delete from reservation_line_archive where order_id = any(:orders) returning *),
      kept as (
        insert into reservation (order_id, customer_id, state, held_until, revision)
        select order_id, customer_id, state, held_until, revision from sold)
      insert into reservation_line (order_id, sku, quantity)
      select order_id, sku, quantity from lines
      """;

  private static final String LOCK_EXPIRED =
      WITH_LINES
          + """
           where r.state = 'HELD' and r.held_until < now() and r.held_until >= :floor
           order by r.held_until
           limit :most
             for no key update of r skip locked
          """;

  /**
   * A new row is inserted without waiting for a concurrent insert: the other transaction may wait
   * for stock that this one has locked.
   */
  private static final String WRITE =
      """
      with r as (
        select order_id, customer_id, state, held_until, revision
          from unnest(:orders, :customers, :states, cast(:ends as timestamptz[]), :revisions)
               as r (order_id, customer_id, state, held_until, revision)),
      inserted as (
        insert into reservation (order_id, customer_id, state, held_until, revision)
        select order_id, customer_id, state, held_until, 1 from r
         where revision = 0
         order by order_id
        on conflict do nothing
        returning 1),
      updated as (
        update reservation t
           set state = r.state, held_until = r.held_until, revision = r.revision + 1
          from r
         where t.order_id = any(:orders)
           and t.order_id = r.order_id and t.revision = r.revision and r.revision > 0
        returning 1)
      select (select count(*) from inserted) + (select count(*) from updated)
      """;

  private static final String WRITE_LINES =
      """
      insert into reservation_line (order_id, sku, quantity)
      select order_id, sku, quantity
        from unnest(:orders, :skus, :quantities) as l (order_id, sku, quantity)
      """;

  /** Advisory locks until the end of the transaction, in the order of their keys. */
  private static final String LOCK_CUSTOMERS =
      """
      select pg_advisory_xact_lock(key)
        from (select distinct hashtextextended('reservations of ' || customer_id, 0) as key
                from unnest(:customers) as c (customer_id)
               order by key) as k
      """;

  private static final String HELD_BY =
      """
      select c.customer_id, h.reservations
        from unnest(:customers) as c (customer_id)
       cross join lateral (
              select count(*)::int as reservations
                from reservation
               where customer_id = c.customer_id and state = 'HELD') h
      """;

  static final String NEXT_EXPIRY =
      """
      select c.now,
             (select held_until
                from reservation
               where state = 'HELD' and held_until < c.now + :within * interval '1 ms'
                 and held_until >= least(:floor, c.now - :slack * interval '1 ms')
               order by held_until
               limit 1) as next
        from (select clock_timestamp() as now offset 0) as c
      """;

  private final JdbcClient jdbc;
  private final TimeFloor floor;

  public ReservationStore(JdbcClient jdbc, TimeFloor floor) {
    this.jdbc = jdbc;
    this.floor = floor;
  }

  /** The database clock. */
  public Instant now() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  /**
   * Locks, in order-id order, the reservations that exist, and finds those that are archived. The
   * archive is read last, so that it holds the rows that a concurrent transaction has just moved.
   */
  public List<Reservation> locked(Collection<Long> orders) {
    var found = new ArrayList<>(find(LOCK, orders));
    var missing = new TreeSet<>(orders);
    found.forEach(reservation -> missing.remove(reservation.orderId()));
    if (!missing.isEmpty()) {
      found.addAll(find(ARCHIVED, missing));
    }
    return found;
  }

  /** Moves archived reservations back, so that they can be changed. */
  public void takeOutOfArchive(Collection<Long> orders) {
    if (!orders.isEmpty()) {
      jdbc.sql(TAKE_OUT_OF_ARCHIVE).param("orders", longs(orders)).update();
    }
  }

  private List<Reservation> find(String sql, Collection<Long> orders) {
    return jdbc.sql(sql).param("orders", longs(orders)).query(ReservationStore::reservation).list();
  }

  /** Locks overdue reservations that no other transaction has locked, the oldest first. */
  public List<Reservation> lockedExpired(int most) {
    return jdbc.sql(LOCK_EXPIRED)
        .param("floor", floor.value())
        .param("most", most)
        .query(ReservationStore::reservation)
        .list();
  }

  /**
   * Returns how many reservations each customer has open, and locks the customers until the
   * transaction ends. The statement that counts comes after the one that locks, so that it sees the
   * writes of the previous holder of the lock.
   */
  public Map<String, Integer> heldBy(Collection<String> customers) {
    if (customers.isEmpty()) {
      return Map.of();
    }
    var names = texts(customers);
    jdbc.sql(LOCK_CUSTOMERS).param("customers", names).query(_ -> {});
    var held = new HashMap<String, Integer>();
    jdbc.sql(HELD_BY)
        .param("customers", names)
        .query(row -> {
          held.put(row.getString("customer_id"), row.getInt("reservations"));
        });
    return held;
  }

  /**
   * Inserts what is new and updates what was loaded.
   *
   * @throws StaleWriteException if a concurrent transaction wrote one of them since it was loaded
   */
  public void write(List<Reservation> reservations) {
    if (reservations.isEmpty()) {
      return;
    }
    int written =
        jdbc.sql(WRITE)
            .param("orders", longs(reservations, Reservation::orderId))
            .param("customers", texts(reservations, Reservation::customerId))
            .param("states", texts(reservations, Reservation::state))
            .param("ends", texts(reservations, Reservation::heldUntil))
            .param("revisions", ints(reservations, Reservation::revision))
            .query(Integer.class)
            .single();
    StaleWriteException.unless(reservations.size(), written, "reservations");
    writeLines(reservations.stream().filter(r -> r.revision() == 0).toList());
  }

  /**
   * The time until the next reservation expires, negative if it is overdue; empty if none expires
   * {@code within}.
   */
  public Optional<Duration> untilNextExpiry(Duration within) {
    return jdbc.sql(NEXT_EXPIRY)
        .param("within", within.toMillis())
        .param("floor", floor.value())
        .param("slack", floor.slackMillis())
        .query((row, _) -> {
          var now = instant(row, "now");
          var next = Optional.ofNullable(nullableInstant(row, "next"));
          floor.scanned(now, next);
          return next.map(expiry -> Duration.between(now, expiry));
        })
        .single();
  }

  private void writeLines(List<Reservation> fresh) {
    record Row(long orderId, Line line) {}
    var rows =
        fresh.stream()
            .flatMap(r -> r.lines().stream().map(line -> new Row(r.orderId(), line)))
            .toList();
    if (!rows.isEmpty()) {
      jdbc.sql(WRITE_LINES)
          .param("orders", longs(rows, Row::orderId))
          .param("skus", texts(rows, row -> row.line().sku()))
          .param("quantities", ints(rows, row -> row.line().quantity()))
          .update();
    }
  }

  private static Reservation reservation(ResultSet row, int number) throws SQLException {
    return new Reservation(
        row.getLong("order_id"),
        row.getString("customer_id"),
        ReservationState.valueOf(row.getString("state")),
        lines(row.getArray("skus"), row.getArray("quantities")),
        instant(row, "held_until"),
        row.getInt("revision"));
  }

  private static List<Line> lines(@Nullable Array skus, @Nullable Array quantities)
      throws SQLException {
    if (skus == null || quantities == null) {
      return List.of();
    }
    var names = (String[]) skus.getArray();
    var pieces = (Integer[]) quantities.getArray();
    return IntStream.range(0, names.length).mapToObj(i -> new Line(names[i], pieces[i])).toList();
  }
}
