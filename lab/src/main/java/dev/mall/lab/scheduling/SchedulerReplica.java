package dev.mall.lab.scheduling;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A replica of a service with db-scheduler, whose polls are steps and whose clock is set. */
final class SchedulerReplica {

  /** As in db-scheduler's documentation, without the indexes. */
  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamptz,
        picked boolean not null,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures int,
        last_heartbeat timestamptz,
        version bigint not null,
        priority smallint,
        state text,
        primary key (task_name, task_instance))
      """;

  private final ManualScheduler scheduler;

  private SchedulerReplica(ManualScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** With a task that runs when it is scheduled. */
  static SchedulerReplica of(DataSource connections, SettableClock clock, OneTimeTask<Void> task) {
    return new SchedulerReplica(
        TestHelper.createManualScheduler(connections, task).clock(clock).build());
  }

  /** Starts, which schedules the task for all replicas unless another one has done so. */
  static SchedulerReplica recurring(
      DataSource connections, SettableClock clock, RecurringTask<Void> task) {
    return new SchedulerReplica(
        TestHelper.createManualScheduler(connections)
            .clock(clock)
            .startTasks(List.of(task))
            .start());
  }

  static void createTable(DataSource connections) {
    JdbcClient.create(connections).sql(TABLE).update();
  }

  /** A clock for replicas that agree on the time. */
  static SettableClock clockAt(Instant now) {
    var clock = new SettableClock();
    clock.set(now);
    return clock;
  }

  ManualScheduler scheduler() {
    return scheduler;
  }

  /** A poll, after a search for executions whose heartbeats have stopped. */
  void run() {
    scheduler.runDeadExecutionDetection();
    scheduler.runAnyDueExecutions();
  }
}
