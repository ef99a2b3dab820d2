package dev.mall.saga.runtime.store;

import dev.mall.messaging.database.TimeFloor;
import dev.mall.runtime.Columns;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.definition.SagaDefinitions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * Finds the work of timers: deadlines that have passed, and sagas that waited for a pause to end.
 * Sagas that this release cannot continue are skipped, so timers do not wake for those.
 *
 * <p>Looks for deadlines and for held sagas begin at a {@link TimeFloor} each. That is sound
 * because
 *
 * <ul>
 *   <li>every deadline that the engine sets is a wait of at least zero after the database's time,
 *       which is read in the transaction that writes it ({@link SagaStore#context}). This holds
 *       also where it comes earlier than the one before: after an operator's retry, on to the next
 *       step, or when a paused step is resumed. Whatever else is written to a deadline is null;
 *   <li>a saga's definition and event are written once, and a process knows the same definitions
 *       for as long as it lives. So no skipped saga becomes one to continue. A process of a release
 *       that knows more begins with a look at everything;
 *   <li>a deferred signal sets no deadline until its saga continues, and then as above;
 *   <li>a saga that is held has the time of its transaction, too, and keeps it until it continues.
 *       While its step is paused it holds the floor of held sagas back, so it is not skipped when
 *       the pause ends; one that was parked is held no more, and no act makes it so again with an
 *       old time;
 *   <li>a floor follows what {@link #nextWork} sees, which waits for no lock: a saga that another
 *       replica has locked holds it back until that replica commits.
 * </ul>
 *
 * A time that comes from elsewhere, such as a restored backup, a failover that lost commits or a
 * statement typed by hand, is found within five minutes, when the next look is at everything.
 */
@Component
public class DueSagas {

  /** Sagas that another replica has locked are left to that one. */
  static final String CLAIM_DUE =
      """
      select *
        from saga
       where deadline <= :until and deadline >= :floor
         and %s
       order by deadline
       limit :limit
         for update skip locked
      """
          .formatted(SagaRows.CONTINUABLE);

  private static final String HELD =
      """
      attempt = 0 and state in ('RUNNING', 'COMPENSATING') and parked_since is null and %s
      """
          .formatted(SagaRows.CONTINUABLE);

  /** Sagas that waited for a pause to end, those that waited longest first. */
  static final String CLAIM_HELD =
      """
      select *
        from saga
       where step = :step and asked_at >= :heldFloor and %s
       order by asked_at
       limit :limit
         for update skip locked
      """
          .formatted(HELD);

  static final String NEXT_WORK =
      """
      select c.now,
             (select deadline from saga
               where deadline >= least(:floor, c.now - :slack * interval '1 ms') and %s
               order by deadline limit 1) as deadline,
             exists (select from deferred_signal) as deferring,
             held.since as held_since, held.resumable
        from (select clock_timestamp() as now offset 0) as c
       cross join lateral (
             select min(first.since) as since,
                    (array_agg(k.step order by first.since)
                       filter (where k.step not in (select step from step_pause)))[1] as resumable
               from unnest(:steps) as k (step)
              cross join lateral (
                    select asked_at as since from saga
                     where step = k.step
                       and asked_at >= least(:heldFloor, c.now - :slack * interval '1 ms') and %s
                     order by asked_at limit 1) as first) as held
      """
          .formatted(SagaRows.CONTINUABLE, HELD);

  private final JdbcClient jdbc;
  private final SagaDefinitions definitions;
  private final SagaRows rows;
  private final TimeFloor floor;
  private final TimeFloor heldFloor;

  public DueSagas(
      JdbcClient jdbc,
      SagaDefinitions definitions,
      SagaRows rows,
      TimeFloor floor,
      TimeFloor heldFloor) {
    this.jdbc = jdbc;
    this.definitions = definitions;
    this.rows = rows;
    this.floor = floor;
    this.heldFloor = heldFloor;
  }

  /** Open sagas whose deadline passed before {@code until}, oldest first, unless locked. */
  public List<SagaInstance> claimDue(Instant until, int limit) {
    return claimed(
        jdbc.sql(CLAIM_DUE)
            .param("floor", floor.value())
            .param("until", until.atOffset(ZoneOffset.UTC))
            .param("limit", limit));
  }

  /** Sagas held at {@code step}, those that waited longest first, unless locked. */
  public List<SagaInstance> claimHeld(String step, int limit) {
    return claimed(
        jdbc.sql(CLAIM_HELD)
            .param("step", step)
            .param("heldFloor", heldFloor.value())
            .param("limit", limit));
  }

  private List<SagaInstance> claimed(StatementSpec claim) {
    return rows.continuable(claim).query(rows).list().stream().flatMap(DueSagas::open).toList();
  }

  private static Stream<SagaInstance> open(StoredSaga stored) {
    return stored instanceof StoredSaga.Open(var saga) ? Stream.of(saga) : Stream.empty();
  }

  /**
   * The next work of the timers.
   *
   * @param now the database's clock
   * @param deadline the earliest of a saga that this release can continue
   * @param deferring whether any signals are deferred
   * @param resumable step that is no longer paused and at which sagas are held: where one waited
   *     longest
   */
  public record NextWork(
      Instant now, Optional<Instant> deadline, boolean deferring, Optional<String> resumable) {}

  public NextWork nextWork() {
    return rows.continuable(jdbc.sql(NEXT_WORK))
        .param("floor", floor.value())
        .param("heldFloor", heldFloor.value())
        .param("slack", floor.slackMillis())
        .param("steps", definitions.stepNames().toArray(String[]::new))
        .query((row, _) -> {
          var now = Columns.instant(row, "now");
          var deadline = Optional.ofNullable(Columns.nullableInstant(row, "deadline"));
          var held = Optional.ofNullable(Columns.nullableInstant(row, "held_since"));
          floor.scanned(now, deadline);
          heldFloor.scanned(now, held);
          return new NextWork(
              now,
              deadline,
              row.getBoolean("deferring"),
              Optional.ofNullable(row.getString("resumable")));
        })
        .single();
  }
}
