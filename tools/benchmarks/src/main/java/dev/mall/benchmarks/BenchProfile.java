package dev.mall.benchmarks;

import dev.mall.cli.UsageException;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How much is measured.
 *
 * @param rounds of each workload and system
 * @param window that is measured in a round
 * @param leadIn of the same load before a window
 * @param warmUp orders before the first round
 * @param skus products
 * @param customers with a wallet
 */
record BenchProfile(
    String name,
    int rounds,
    Duration window,
    Duration leadIn,
    int warmUp,
    int skus,
    int customers) {

  static final BenchProfile FULL =
      new BenchProfile(
          "full", 5, Duration.ofSeconds(60), Duration.ofSeconds(5), 10_000, 1_000, 10_000);

  /** Shows a change of ten percent on a quiet machine. */
  static final BenchProfile SHORT =
      new BenchProfile(
          "short", 1, Duration.ofSeconds(20), Duration.ofSeconds(5), 10_000, 1_000, 1_000);

  /** Shows that the benchmark works, not how fast the mall is. */
  static final BenchProfile QUICK =
      new BenchProfile("quick", 1, Duration.ofSeconds(8), Duration.ofSeconds(2), 2_000, 100, 500);

  static BenchProfile named(String name) {
    return Stream.of(FULL, SHORT, QUICK)
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException("there is no profile '%s'".formatted(name)));
  }
}
