package dev.mall.benchmarks.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
 * @param hot whether the first product is in every order
 * @param poor whether no wallet holds enough for an order
 */
public record Assortment(int skus, int lines, int customers, boolean hot, boolean poor) {

  public static final long PRICE_MINOR = 250;

  public Assortment {
    if (lines < 1 || lines > skus) {
      throw new IllegalArgumentException("no %d lines of %d products".formatted(lines, skus));
    }
  }

  public Assortment(int skus, int lines, int customers) {
    this(skus, lines, customers, false, false);
  }

  public Assortment asHot() {
    return new Assortment(skus, lines, customers, true, poor);
  }

  public Assortment asPoor() {
    return new Assortment(skus, lines, customers, hot, true);
  }

  /** The names of all products. */
  public List<String> names() {
    return IntStream.range(0, skus).mapToObj(Assortment::sku).toList();
  }

  public static String sku(int number) {
    return "bench-" + number;
  }

  public String customer(int number) {
    return (poor ? "bench-poor-" : "bench-customer-") + number;
  }

  /** Order {@code number} as JSON. */
  String order(long number) {
    var items =
        skusOf(number).stream()
            .map("{\"sku\":\"%s\",\"quantity\":1}"::formatted)
            .collect(Collectors.joining(","));
    return "{\"customerId\":\"%s\",\"items\":[%s],\"payment\":{\"method\":\"WALLET\"}}"
        .formatted(customerOf(number), items);
  }

  /** The products of order {@code number}, one piece of each. */
  public List<String> skusOf(long number) {
    var random = new SplittableRandom(number);
    Set<Integer> chosen = new LinkedHashSet<>();
    if (hot) {
      chosen.add(0);
    }
    while (chosen.size() < lines) {
      chosen.add(random.nextInt(skus));
    }
    return chosen.stream().map(Assortment::sku).toList();
  }

  public String customerOf(long number) {
    return customer(new SplittableRandom(~number).nextInt(customers));
  }
}
