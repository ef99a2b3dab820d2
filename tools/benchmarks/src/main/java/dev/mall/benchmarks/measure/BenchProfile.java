package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Assortment;
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
 * @param pacedWarmUp of a steady rate before the first round of paced orders: orders in large
 *     batches leave the code that runs once per message cold
 * @param skus products
 * @param customers with a wallet
 */
public record BenchProfile(
    String name,
    int rounds,
    Duration window,
    Duration leadIn,
    int warmUp,
    Duration pacedWarmUp,
    int skus,
    int customers) {

  public static final BenchProfile FULL =
      new BenchProfile(
          "full",
          5,
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          10_000,
          Duration.ofMinutes(10),
          1_000,
          10_000);

  /** Shows a change of ten percent on a quiet machine. */
  public static final BenchProfile MEDIUM =
      new BenchProfile(
          "medium",
          3,
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          10_000,
          Duration.ofMinutes(5),
          1_000,
          10_000);

  /** Shows that the benchmark works, not how fast the mall is. */
  public static final BenchProfile QUICK =
      new BenchProfile(
          "quick",
          1,
          Duration.ofSeconds(4),
          Duration.ofSeconds(1),
          1_000,
          Duration.ofSeconds(2),
          100,
          200);

  /** Of all workloads but those that change it. */
  public Assortment assortment() {
    return new Assortment(skus, 2, customers);
  }

  /** Whether the figures are no result, and may be void. */
  public boolean isSmokeTest() {
    return equals(QUICK);
  }

  public static BenchProfile named(String name) {
    return Stream.of(FULL, MEDIUM, QUICK)
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException("there is no profile '%s'".formatted(name)));
  }
}
