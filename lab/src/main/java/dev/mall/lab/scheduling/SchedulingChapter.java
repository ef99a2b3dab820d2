package dev.mall.lab.scheduling;

import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import java.util.List;

/** Chapter 11: tasks that several workers share. */
public final class SchedulingChapter {

  private SchedulingChapter() {}

  public static Chapter chapter() {
    return new Chapter(
        "scheduling",
        "Scheduling",
        """
        A task is a row that workers compete for. A row lock gives it to one of them and ends with a crash; a lease with a heartbeat does the
        same for work that is too long for a transaction. Both run some tasks twice, and both need an end for tasks that always fail.
        """,
        List.of(
            new TakenTwice(),
            new Queues(),
            new WorkerKilled(),
            new ClockMoved(),
            new PoisonTask(),
            new CronEverywhere()),
        List.of(
            new Question(
                "Is a table good enough as a queue?",
                """
                For most tasks, yes: [`for update skip locked`](scheduling/taken-twice.md) gives each worker a row of its own, in the transaction
                that has the task's effects ([the ways side by side](scheduling/queues.md)). A broker is for streams with many readers.
                """),
            new Question(
                "How is a task found whose worker has crashed?",
                """
                By a lock that ends with its connection, or by [heartbeats that stop](scheduling/worker-killed.md). It is judged by
                [the database's clock](scheduling/clock-moved.md), or by leases that are much longer than clocks differ.
                """),
            new Question(
                "Cron in every replica?",
                """
                As the means to wake up, yes. Not as the decision to run: [the due time is a row](scheduling/cron-everywhere.md) that one replica
                takes, so that none runs it twice and none has to be special.
                """),
            new Question(
                "How often is a failed task retried?",
                """
                Until a later retry is no longer plausible to succeed, at growing intervals, and then
                [not at all](scheduling/poison-task.md): it is given up where an operator sees it and can start it once more.
                """)));
  }
}
