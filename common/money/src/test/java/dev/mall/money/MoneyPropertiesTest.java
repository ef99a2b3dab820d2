package dev.mall.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Judges {@link Money} by arithmetic that has no limits. */
class MoneyPropertiesTest {

  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

  @Test
  void everyResultIsExactOrRefused() {
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new SplittableRandom(seed);
      long a = anyAmount(random);
      long b = anyAmount(random);

      exactOrRefused(seed, a, b, BigInteger::add, m -> m.plus(euro(b)));
      exactOrRefused(seed, a, b, BigInteger::subtract, m -> m.minus(euro(b)));
      exactOrRefused(seed, a, b, BigInteger::multiply, m -> m.times(b));
      exactOrRefused(seed, a, b, (x, _) -> x.negate(), Money::negate);
    }
  }

  @Test
  void comparesAsItsMinorUnitsDo() {
    for (long seed = 0; seed < 5_000; seed++) {
      var random = new SplittableRandom(seed);
      long a = anyAmount(random);
      long b = anyAmount(random);

      assertThat(euro(a).compareTo(euro(b))).as("seed %d", seed).isEqualTo(Long.compare(a, b));
    }
  }

  private static void exactOrRefused(
      long seed,
      long a,
      long b,
      BinaryOperator<BigInteger> truth,
      Function<Money, Money> operation) {
    var expected = truth.apply(BigInteger.valueOf(a), BigInteger.valueOf(b));
    if (expected.compareTo(MOST) > 0 || expected.compareTo(LEAST) < 0) {
      assertThatExceptionOfType(MoneyRefused.Overflow.class)
          .as("seed %d", seed)
          .isThrownBy(() -> operation.apply(euro(a)));
    } else {
      assertThat(operation.apply(euro(a)))
          .as("seed %d", seed)
          .isEqualTo(euro(expected.longValueExact()));
    }
  }

  /** Small, ordinary, or at the edge of what fits. */
  private static long anyAmount(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong(-5, 6);
      case 1 -> random.nextLong(-1_000_000, 1_000_000);
      case 2 -> Long.MAX_VALUE - random.nextLong(3);
      case 3 -> Long.MIN_VALUE + random.nextLong(3);
      default -> throw new AssertionError();
    };
  }

  private static Money euro(long minor) {
    return Money.of(minor, "EUR");
  }
}
