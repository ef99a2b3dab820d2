package dev.mall.saga.runtime;

import dev.mall.messaging.MessageCodec;
import dev.mall.messaging.TimeFloor;
import dev.mall.saga.engine.SagaInstance;
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
 * Sagas that this release cannot go on with are passed over, so timers do not wake for those.
 *
 * <p>Looks for deadlines begin at a {@link TimeFloor}. That is sound because
 *
 * <ul>
 *   <li>every deadline that the engine sets is a wait of at least zero after the database's time,
 *       which is read in the transaction that writes it ({@link SagaStore#circumstances}). This
 *       holds also where it comes earlier than the one before: after an operator's retry, on to the
 *       next step, or when a paused step is resumed. Whatever else is written to a deadline is
 *       null;
 *   <li>a saga's definition and event are written once, and a process knows the same definitions
 *       for as long as it lives. So no saga that was passed over becomes one to go on with. A
 *       process of a release that knows more begins with a look at everything;
 *   <li>a deferred signal sets no deadline until its saga goes on, and then as above;
 *   <li>the floor follows what {@link #nextWork} sees, which waits for no lock: a saga that another
 *       replica has locked holds it back until that one commits.
 * </ul>
 *
 * A deadline that comes from elsewhere, such as a restored backup, a failover that lost commits or
 * a statement typed by hand, is found within five minutes, when the next look is at everything.
 */
@Component
class DueSagas {

  /** Of sagas that another replica is busy with, that one will see to the deadline. */
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

  private static final String RESUMABLE =
      "unnest(:steps) as k (step) where k.step not in (select step from step_pause)";

  /** Sagas that waited for a pause to end, oldest first. */
  private static final String CLAIM_HELD =
      """
      select *
        from saga
       where attempt = 0 and state in ('RUNNING', 'COMPENSATING') and parked_since is null
         and step = any(array(select k.step from %s))
         and %s
       order by order_id
       limit :limit
         for update skip locked
      """
          .formatted(RESUMABLE, SagaRows.CONTINUABLE);

  static final String NEXT_WORK =
      """
      select c.now,
             (select deadline from saga
               where deadline >= least(:floor, c.now - :slack * interval '1 ms') and %s
               order by deadline limit 1) as deadline,
             exists (select from deferred_signal) as deferring,
             exists (select from %s
                        and exists (select from saga
                                     where saga.step = k.step and attempt = 0
                                       and state in ('RUNNING', 'COMPENSATING')
                                       and parked_since is null and %s)) as resumable
        from (select clock_timestamp() as now offset 0) as c
      """
          .formatted(SagaRows.CONTINUABLE, RESUMABLE, SagaRows.CONTINUABLE);

  private final JdbcClient jdbc;
  private final SagaDefinitions definitions;
  private final MessageCodec codec;
  private final SagaRows rows;
  private final TimeFloor floor;

  DueSagas(JdbcClient jdbc, MessageCodec codec, SagaDefinitions definitions, TimeFloor floor) {
    this.jdbc = jdbc;
    this.codec = codec;
    this.definitions = definitions;
    this.rows = new SagaRows(codec, definitions);
    this.floor = floor;
  }

  /** Open sagas whose deadline passed before {@code until}, oldest first, unless locked. */
  List<SagaInstance> claimDue(Instant until, int limit) {
    return claimed(
        jdbc.sql(CLAIM_DUE)
            .param("floor", floor.value())
            .param("until", until.atOffset(ZoneOffset.UTC))
            .param("limit", limit));
  }

  /** Sagas held at steps that are no longer paused, unless locked. */
  List<SagaInstance> claimHeld(int limit) {
    return claimed(jdbc.sql(CLAIM_HELD).param("steps", stepNames()).param("limit", limit));
  }

  private List<SagaInstance> claimed(StatementSpec claim) {
    return continuable(claim).query(rows).list().stream().flatMap(DueSagas::open).toList();
  }

  private static Stream<SagaInstance> open(StoredSaga stored) {
    return stored instanceof StoredSaga.Open(var saga) ? Stream.of(saga) : Stream.empty();
  }

  /**
   * What the timers have to do next.
   *
   * @param now the database's clock
   * @param deadline the earliest of a saga that this release can go on with
   * @param deferring whether any signals are deferred
   * @param resumable whether sagas are held at a step that is no longer paused
   */
  record NextWork(Instant now, Optional<Instant> deadline, boolean deferring, boolean resumable) {}

  NextWork nextWork() {
    var next =
        continuable(jdbc.sql(NEXT_WORK))
            .param("floor", floor.value())
            .param("slack", floor.slackMillis())
            .param("steps", stepNames())
            .query((row, _) ->
                new NextWork(
                    SagaRows.instant(row, "now"),
                    Optional.ofNullable(SagaRows.nullableInstant(row, "deadline")),
                    row.getBoolean("deferring"),
                    row.getBoolean("resumable")))
            .single();
    floor.scanned(next.now(), next.deadline());
    return next;
  }

  private String[] stepNames() {
    return definitions.stepNames().toArray(String[]::new);
  }

  private StatementSpec continuable(StatementSpec statement) {
    return statement.param("known", SagaRows.continuable(definitions, codec));
  }
}
