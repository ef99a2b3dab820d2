package dev.mall.benchmarks.load;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The products and customers of a workload, and the orders drawn from them: the same ones in every
 * run.
 *
 * @param skus number of products, each of which costs {@link #PRICE_MINOR}
 * @param lines of an order, each of another product
 * @param customers with a wallet
 */
public record Assortment(int skus, int lines, int customers) {

  public static final long PRICE_MINOR = 250;

  public Assortment {
    if (lines < 1 || lines > skus) {
      throw new IllegalArgumentException("no %d lines of %d products".formatted(lines, skus));
    }
  }

  public static String sku(int number) {
    return "bench-" + number;
  }

  public static String customer(int number) {
    return "bench-customer-" + number;
  }

  /** Order {@code number} as JSON. */
  String order(long number) {
    var random = new SplittableRandom(number);
    int first = random.nextInt(skus);
    var items =
        IntStream.range(0, lines)
            .map(line -> (first + line * (skus / lines)) % skus)
            .mapToObj(sku -> "{\"sku\":\"%s\",\"quantity\":1}".formatted(sku(sku)))
            .collect(Collectors.joining(","));
    return "{\"customerId\":\"%s\",\"items\":[%s],\"payment\":{\"method\":\"WALLET\"}}"
        .formatted(customerOf(number), items);
  }

  String customerOf(long number) {
    return customer(new SplittableRandom(~number).nextInt(customers));
  }
}
