package dev.mall.benchmarks.usage;

import java.time.Duration;
import java.util.Arrays;

/**
 * CPU time of the whole machine, from the first line of {@code /proc/stat}.
 *
 * @param busy of all processors: neither idle nor waiting for input and output; includes the time
 *     that the hypervisor gave to other machines
 */
public record MachineStat(Duration busy) {

  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;

  /** Time of guests, in the last two columns, is part of user and nice time. */
  private static final int COLUMNS = 8;

  static MachineStat parse(String stat) {
    var line = stat.lines().filter(it -> it.startsWith("cpu ")).findFirst().orElseThrow();
    long[] ticks =
        Arrays.stream(line.substring("cpu ".length()).strip().split(" ", -1))
            .limit(COLUMNS)
            .mapToLong(Long::parseLong)
            .toArray();
    long busy = Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[IO_WAIT];
    return new MachineStat(ProcessStat.TICK.multipliedBy(busy));
  }
}
