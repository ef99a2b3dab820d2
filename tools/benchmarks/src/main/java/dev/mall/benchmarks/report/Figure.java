package dev.mall.benchmarks.report;

import dev.mall.benchmarks.load.Latency;
import dev.mall.benchmarks.measure.WindowResult;
import dev.mall.benchmarks.usage.Usage;
import java.util.Objects;

/** Figures of a window, the primary one first. */
public enum Figure {
  CPU_MILLIS_PER_ORDER("CPU-ms/order", 2),
  ORDERS_PER_SECOND("orders/s", 1),
  P50("p50 ms", 1),
  P90("p90 ms", 1),
  P99("p99 ms", 1),
  MAX("max ms", 0),
  BYSTANDERS_P99("bystanders p99 ms", 0),
  BYSTANDERS_MAX("bystanders max ms", 0),
  COMMITS("commits/order", 2),
  MESSAGES("messages/order", 2),
  ROWS("rows/order", 1),
  WAL_BYTES("WAL bytes/order", 0),
  MEGABYTES("memory MB", 0),
  IDLE_CPU("% of a core", 2),
  IDLE_COMMITS("commits/s", 1);

  private final String title;
  private final int decimals;

  Figure(String title, int decimals) {
    this.title = title;
    this.decimals = decimals;
  }

  String title() {
    return title;
  }

  boolean isOfIdle() {
    return this == IDLE_CPU || this == IDLE_COMMITS;
  }

  /** Whether the window had what this figure is about. */
  boolean isIn(WindowResult window) {
    return switch (this) {
      case BYSTANDERS_P99, BYSTANDERS_MAX -> window.bystanders() != null;
      default -> isOfIdle() == (window.completed() == 0);
    };
  }

  double of(WindowResult window) {
    var usage = window.usage();
    var latency = window.load().latency();
    return switch (this) {
      case CPU_MILLIS_PER_ORDER -> window.perOrder(usage.totalCpuMillis());
      case ORDERS_PER_SECOND -> window.ordersPerSecond();
      case P50 -> latency.p50();
      case P90 -> latency.p90();
      case P99 -> latency.p99();
      case MAX -> latency.max();
      case BYSTANDERS_P99 -> bystanders(window).p99();
      case BYSTANDERS_MAX -> bystanders(window).max();
      case COMMITS -> window.perOrder(usage.transactions());
      case MESSAGES -> window.perOrder(usage.messages());
      case ROWS -> window.perOrder(usage.rows());
      case WAL_BYTES -> window.perOrder(usage.walBytes());
      case MEGABYTES -> megabytes(usage);
      case IDLE_CPU -> percentOfCore(usage.totalCpuMillis(), usage);
      case IDLE_COMMITS -> usage.transactions() / usage.seconds();
    };
  }

  private static Latency bystanders(WindowResult window) {
    return Objects.requireNonNull(window.bystanders());
  }

  /** With as many decimals as the figure has. */
  String format(double number) {
    return ("%." + decimals + "f").formatted(number);
  }

  static double percentOfCore(double cpuMillis, Usage usage) {
    return cpuMillis / usage.seconds() / 10;
  }

  private static double megabytes(Usage usage) {
    return usage.memoryBytes().values().stream().mapToDouble(Long::doubleValue).sum() / 1e6;
  }
}
