package dev.mall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** One window as lines of text. */
public final class WindowText {

  private WindowText() {}

  public static List<String> of(WindowResult result) {
    var usage = result.usage();
    var lines = new ArrayList<String>();
    if (result.completed() == 0) {
      lines.add("idle: share of a core, transactions/s");
      usage
          .cpuMillis()
          .forEach((name, millis) ->
              lines.add("  %-24s %6.2f %%".formatted(name, millis / usage.seconds() / 10)));
      usage
          .databases()
          .forEach((name, counters) ->
              lines.add(
                  "  %-24s %6.1f /s".formatted(name, counters.transactions() / usage.seconds())));
      lines.add(
          "  together                 %6.2f %%, %.1f transactions/s"
              .formatted(
                  usage.totalCpuMillis() / usage.seconds() / 10,
                  usage.transactions() / usage.seconds()));
      return lines;
    }
    var latency = result.load().latency();
    lines.add(
        "%d orders, %.1f/s; %.2f CPU-ms, %.1f transactions, %.1f messages, %.0f WAL bytes, %.1f rows per order"
            .formatted(
                result.completed(),
                result.completed() / usage.seconds(),
                result.cpuMillisPerOrder(),
                result.perOrder(usage.transactions()),
                result.perOrder(usage.messages()),
                result.perOrder(usage.walBytes()),
                result.perOrder(usage.rows())));
    lines.add(
        "  ms: p50 %.1f, p90 %.1f, p99 %.1f, max %.1f; shed %d, failed %d; foreign CPU %.0f %%"
            .formatted(
                latency.p50(),
                latency.p90(),
                latency.p99(),
                latency.max(),
                result.load().shed(),
                result.load().failed(),
                100 * usage.foreign()));
    usage
        .cpuMillis()
        .forEach((name, millis) ->
            lines.add("  %-24s %8.3f CPU-ms".formatted(name, result.perOrder(millis))));
    usage
        .databases()
        .forEach((name, counters) ->
            lines.add(
                "  %-24s %8.3f CPU-ms %6.1f transactions"
                    .formatted(
                        name,
                        result.perOrder(usage.postgresCpuMillis().getOrDefault(name, 0.0)),
                        result.perOrder(counters.transactions()))));
    return lines;
  }
}
