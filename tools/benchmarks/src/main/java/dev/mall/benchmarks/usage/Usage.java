package dev.mall.benchmarks.usage;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The difference between two samples of one system.
 *
 * @param seconds between the samples
 * @param cpuMillis by process
 * @param postgresCpuMillis by database, part of PostgreSQL's
 * @param loadCpuMillis of the load generator, which belongs to no system
 * @param restingCpuMillis of the other systems, which run but are not measured
 * @param foreign share of the machine's capacity that neither a system nor the load generator used
 * @param databases by name
 * @param memoryBytes by process, at the end
 */
public record Usage(
    double seconds,
    Map<String, Double> cpuMillis,
    Map<String, Double> postgresCpuMillis,
    double loadCpuMillis,
    double restingCpuMillis,
    double foreign,
    Map<String, DatabaseCounters> databases,
    long walBytes,
    long messages,
    Map<String, Long> memoryBytes) {

  public static Usage between(
      UsageSample start, UsageSample end, int processors, Map<String, Long> memoryBytes) {
    var elapsed = Duration.ofNanos(end.nanos() - start.nanos());
    var cpu = minus(end.cpu(), start.cpu(), Duration.ZERO, Duration::minus);
    var own = end.own().minus(start.own());
    var resting = end.resting().minus(start.resting());
    var known = cpu.values().stream().reduce(own.plus(resting), Duration::plus);
    var foreign = end.machine().busy().minus(start.machine().busy()).minus(known);
    return new Usage(
        elapsed.toNanos() / 1e9,
        millis(cpu),
        millis(minus(end.postgresCpu(), start.postgresCpu(), Duration.ZERO, Duration::minus)),
        millis(own),
        millis(resting),
        Math.max(0, millis(foreign) / millis(elapsed) / processors),
        minus(end.databases(), start.databases(), DatabaseCounters.NONE, DatabaseCounters::minus),
        end.wal() - start.wal(),
        end.messages() - start.messages(),
        new TreeMap<>(memoryBytes));
  }

  private static <T> Map<String, T> minus(
      Map<String, T> end, Map<String, T> start, T none, BinaryOperator<T> minus) {
    var difference = new TreeMap<String, T>();
    end.forEach(
        (name, value) -> difference.put(name, minus.apply(value, start.getOrDefault(name, none))));
    return difference;
  }

  private static Map<String, Double> millis(Map<String, Duration> durations) {
    var millis = new TreeMap<String, Double>();
    durations.forEach((name, value) -> millis.put(name, millis(value)));
    return millis;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  public double totalCpuMillis() {
    return cpuMillis.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  public long transactions() {
    return databases.values().stream().mapToLong(DatabaseCounters::transactions).sum();
  }

  public long rows() {
    return databases.values().stream().mapToLong(DatabaseCounters::rows).sum();
  }
}
