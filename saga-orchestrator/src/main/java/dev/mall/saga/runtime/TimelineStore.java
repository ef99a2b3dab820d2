package dev.mall.saga.runtime;

import static dev.mall.saga.runtime.SagaRows.numbers;
import static dev.mall.saga.runtime.SagaRows.texts;

import dev.mall.saga.engine.TimelineLine;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what happened. */
@Component
class TimelineStore {

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

  void append(List<TimelineLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    jdbc.sql(APPEND)
        .param("ids", lines.stream().mapToLong(TimelineLine::sagaId).toArray())
        .param("numbers", numbers(lines, TimelineLine::number))
        .param("times", texts(lines, TimelineLine::at))
        .param("whats", texts(lines, TimelineLine::what))
        .param("states", texts(lines, TimelineLine::state))
        .param("steps", texts(lines, TimelineLine::step))
        .param("rounds", numbers(lines, TimelineLine::round))
        .param("attempts", numbers(lines, TimelineLine::attempt))
        .param("heard", texts(lines, TimelineLine::heard))
        .param("heardIds", texts(lines, TimelineLine::heardId))
        .param("said", texts(lines, TimelineLine::said))
        .param("saidIds", texts(lines, TimelineLine::saidId))
        .param("deadlines", texts(lines, TimelineLine::deadline))
        .param("details", texts(lines, TimelineLine::detail))
        .update();
  }
}
