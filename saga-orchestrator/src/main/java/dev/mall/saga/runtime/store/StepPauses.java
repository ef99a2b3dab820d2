package dev.mall.saga.runtime.store;

import dev.mall.runtime.Columns;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The steps that operators have paused: rows, so that every replica sees the same after a restart,
 * too. A batch that is under way when a step is paused may still ask for it.
 */
@Component
public class StepPauses {

  private static final String PAUSE =
      """
      insert into step_pause (step, who, why)
      values (:step, :who, :why)
      on conflict (step) do nothing
      """;

  private static final String HELD =
      """
      select step, count(*) as sagas
        from saga
       where attempt = 0 and state in ('RUNNING', 'COMPENSATING')
       group by step
      """;

  private final JdbcClient jdbc;

  StepPauses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A step that is held back, since when, by whom and why. */
  public record Pause(String step, Instant since, String who, String why) {}

  /** False if it was paused before. */
  public boolean pause(String step, String who, String why) {
    return jdbc.sql(PAUSE).param("step", step).param("who", who).param("why", why).update() == 1;
  }

  /** False if it was not paused. */
  public boolean resume(String step) {
    return jdbc.sql("delete from step_pause where step = :step").param("step", step).update() == 1;
  }

  public List<Pause> all() {
    return jdbc.sql("select step, since, who, why from step_pause order by since")
        .query((row, _) ->
            new Pause(
                row.getString("step"),
                Columns.instant(row, "since"),
                row.getString("who"),
                row.getString("why")))
        .list();
  }

  /** How many sagas wait at each step for it to be resumed, or for their turn after that. */
  public Map<String, Long> held() {
    var held = new HashMap<String, Long>();
    jdbc.sql(HELD)
        .query(row -> {
          held.put(row.getString("step"), row.getLong("sagas"));
        });
    return held;
  }
}
