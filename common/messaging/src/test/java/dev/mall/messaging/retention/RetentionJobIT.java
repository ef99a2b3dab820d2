package dev.mall.messaging.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Batches of ten rows; tasks that are over are deleted when they are older than 31 days. */
class RetentionJobIT {

  private static final int OLD = 31;
  private static final int YOUNG = 30;

  private static JdbcClient jdbc;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private record Tasks() implements RetentionTask {
    @Override
    public String what() {
      return "tasks";
    }

    @Override
    public String expressions() {
      return """
      with batch as (
        select id, is_over, begun_at < now() - :seconds * interval '1 second' as expired
          from task
         where id > :after
         order by id
         limit :most),
      cleared as (
        delete from task using batch
         where task.id = batch.id and batch.is_over and batch.expired
        returning 1)
      """;
    }
  }

  @BeforeAll
  static void createTable() {
    jdbc = JdbcClient.create(TestDatabase.create("sweeper").dataSource());
    jdbc.sql("create table task (id bigint primary key, is_over boolean, begun_at timestamptz)")
        .update();
  }

  @BeforeEach
  void empty() {
    jdbc.sql("truncate task").update();
  }

  @Test
  void clearsWhatIsOverAndOldInAsManyBatchesAsItTakes() {
    tasks(1, 25, true, OLD);
    tasks(26, 100, true, YOUNG);

    sweeper().sweep();

    assertThat(left()).hasSize(75).startsWith(26L).endsWith(100L);
    assertThat(meters.get("mall.swept").tag("what", "tasks").counter().count()).isEqualTo(25);
  }

  @Test
  void looksPastWhatNeverEnds() {
    tasks(1, 40, false, OLD);
    tasks(41, 50, true, OLD);

    sweeper().sweep();

    assertThat(left()).hasSize(40).endsWith(40L);
  }

  @Test
  void looksNoFurtherThanWhereAllAreYoung() {
    tasks(1, 10, true, YOUNG);
    tasks(11, 12, true, OLD); // ids grow with time; this is only to see where it stops

    sweeper().sweep();

    assertThat(left()).hasSize(12);
  }

  @Test
  void refusesTimesThatMakeNoSense() {
    assertThatThrownBy(() -> new RetentionProperties(Duration.ZERO, 10, Duration.ZERO))
        .hasMessageContaining("mall.sweep.every");
    assertThatThrownBy(() -> new RetentionProperties(Duration.ofHours(1), 10, Duration.ofDays(-1)))
        .hasMessageContaining("mall.sweep.slack");
  }

  private RetentionJob sweeper() {
    return new RetentionJob(
        List.of(new Tasks()),
        jdbc,
        new RetentionProperties(Duration.ofHours(1), 10, Duration.ofDays(1)),
        Duration.ofDays(OLD - 1),
        meters);
  }

  private static void tasks(int from, int to, boolean over, int days) {
    jdbc.sql(
            """
            insert into task
            select id, :over, now() - :days * interval '1 day' - interval '1 minute'
              from generate_series(:from, :to) id
            """)
        .param("over", over)
        .param("days", days)
        .param("from", from)
        .param("to", to)
        .update();
  }

  private static List<Long> left() {
    return jdbc.sql("select id from task order by id").query(Long.class).list();
  }
}
