package dev.mall.benchmarks.usage;

import java.time.Duration;

/**
 * The CPU time of a process, from {@code /proc/PID/stat}.
 *
 * @param parent process id of the parent
 * @param own of all its threads, ended ones included
 * @param endedChildren of children that have ended and were waited for, and of theirs
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public record ProcessStat(long pid, long parent, Duration own, Duration endedChildren) {

  /** The unit of the file, USER_HZ: 100 a second on every architecture that runs a JDK. */
  static final Duration TICK = Duration.ofMillis(10);

  /** Positions behind the command's name, which is in parentheses and may contain anything. */
  private static final int PARENT = 1;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  static ProcessStat parse(String stat) {
    long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new ProcessStat(
        pid,
        Long.parseLong(fields[PARENT]),
        ticks(fields[USER], fields[SYSTEM]),
        ticks(fields[CHILDREN_USER], fields[CHILDREN_SYSTEM]));
  }

  private static Duration ticks(String user, String system) {
    return TICK.multipliedBy(Long.parseLong(user) + Long.parseLong(system));
  }

  Duration withEndedChildren() {
    return own.plus(endedChildren);
  }
}
