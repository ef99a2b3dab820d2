package dev.mall.benchmarks.usage;

import java.time.Duration;
import java.util.Map;

/**
 * Counters at one moment.
 *
 * @param nanos {@link System#nanoTime}
 * @param cpu by process
 * @param postgresCpu by database, of its server's living processes
 * @param own CPU time of this process
 * @param resting CPU time of the other systems, which run but are not measured
 * @param databases by name
 * @param wal position in the write-ahead log, in bytes
 * @param messages sum of the end offsets of all topics
 */
public record UsageSample(
    long nanos,
    Map<String, Duration> cpu,
    Map<String, Duration> postgresCpu,
    Duration own,
    Duration resting,
    MachineStat machine,
    Map<String, DatabaseCounters> databases,
    long wal,
    long messages) {

  public UsageSample {
    cpu = Map.copyOf(cpu);
    postgresCpu = Map.copyOf(postgresCpu);
    databases = Map.copyOf(databases);
  }
}
