package dev.mall.saga.runtime.store;

import static dev.mall.runtime.Columns.ints;
import static dev.mall.runtime.Columns.texts;

import dev.mall.saga.engine.TimelineEntry;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what happened. */
@Component
public class TimelineStore {

  private static final String APPEND =
      """
      insert into saga_timeline (
               order_id, number, at, what, state, step, round, attempt,
               heard, heard_id, said, said_id, deadline, detail)
      select order_id, number, at::timestamptz, what, state, step, round, attempt,
             heard, heard_id::uuid, said, said_id::uuid, deadline::timestamptz, detail
        from unnest(:ids, :numbers, :times, :whats, :states, :steps, :rounds, :attempts,
                    :heard, :heardIds, :said, :saidIds, :deadlines, :details)
             as l (order_id, number, at, what, state, step, round, attempt,
                   heard, heard_id, said, said_id, deadline, detail)
       order by order_id, number
      """;

  private final JdbcClient jdbc;

  TimelineStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public void append(List<TimelineEntry> lines) {
    if (lines.isEmpty()) {
      return;
    }
    jdbc.sql(APPEND)
        .param("ids", lines.stream().mapToLong(TimelineEntry::sagaId).toArray())
        .param("numbers", ints(lines, TimelineEntry::number))
        .param("times", texts(lines, TimelineEntry::at))
        .param("whats", texts(lines, TimelineEntry::what))
        .param("states", texts(lines, TimelineEntry::state))
        .param("steps", texts(lines, TimelineEntry::step))
        .param("rounds", ints(lines, TimelineEntry::round))
        .param("attempts", ints(lines, TimelineEntry::attempt))
        .param("heard", texts(lines, TimelineEntry::heard))
        .param("heardIds", texts(lines, TimelineEntry::heardId))
        .param("said", texts(lines, TimelineEntry::said))
        .param("saidIds", texts(lines, TimelineEntry::saidId))
        .param("deadlines", texts(lines, TimelineEntry::deadline))
        .param("details", texts(lines, TimelineEntry::detail))
        .update();
  }
}
