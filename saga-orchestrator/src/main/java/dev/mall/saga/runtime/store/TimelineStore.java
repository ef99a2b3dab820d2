package dev.mall.saga.runtime.store;

import static dev.mall.runtime.Columns.ints;
import static dev.mall.runtime.Columns.texts;

import dev.mall.runtime.Columns;
import dev.mall.saga.engine.TimelineEntry;
import dev.mall.saga.engine.Transition;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of timelines. */
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
                    :received, :receivedIds, :sent, :sentIds, :deadlines, :details)
             as l (order_id, number, at, what, state, step, round, attempt,
                   heard, heard_id, said, said_id, deadline, detail)
       order by order_id, number
      """;

  private final JdbcClient jdbc;

  TimelineStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Appends the entries of transitions that have one. */
  public void append(List<Transition> transitions) {
    if (transitions.isEmpty()) {
      return;
    }
    var entries = transitions.stream().flatMap(t -> Stream.ofNullable(t.line())).toList();
    jdbc.sql(APPEND)
        .param("ids", Columns.longs(transitions, transition -> transition.saga().id()))
        .param("numbers", ints(entries, TimelineEntry::number))
        .param("times", texts(entries, TimelineEntry::at))
        .param("whats", texts(entries, TimelineEntry::what))
        .param("states", texts(entries, TimelineEntry::state))
        .param("steps", texts(entries, TimelineEntry::step))
        .param("rounds", ints(entries, TimelineEntry::round))
        .param("attempts", ints(entries, TimelineEntry::attempt))
        .param("received", texts(entries, TimelineEntry::received))
        .param("receivedIds", texts(entries, TimelineEntry::receivedId))
        .param("sent", texts(entries, TimelineEntry::sent))
        .param("sentIds", texts(entries, TimelineEntry::sentId))
        .param("deadlines", texts(entries, TimelineEntry::deadline))
        .param("details", texts(entries, TimelineEntry::detail))
        .update();
  }
}
