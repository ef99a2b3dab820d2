package dev.mall.lab.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.clocks.RandomHistory.Sample;
import dev.mall.lab.history.History.Fact;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The law of each clock, on histories that seeds decide. */
class ClockLawsTest {

  private static final int SEEDS = 300;

  /**
   * Two events of one history.
   *
   * @param caused whether the first may have caused the second
   */
  private record Pair(long seed, Fact<Sample> first, Fact<Sample> second, boolean caused) {

    boolean isOrderedBy(Function<Sample, Stamp> clock) {
      return clock.apply(first.value()).isBefore(clock.apply(second.value()));
    }
  }

  @Test
  void lamportNumbersFollowCauses() {
    assertThat(pairs().filter(pair -> pair.caused() && !pair.isOrderedBy(Sample::lamport)))
        .isEmpty();
  }

  @Test
  void vectorsAreOrderedExactlyAsCausesAre() {
    assertThat(pairs().filter(pair -> pair.caused() != pair.isOrderedBy(Sample::vector))).isEmpty();
  }

  @Test
  void hybridTimesFollowCauses() {
    assertThat(pairs().filter(pair -> pair.caused() && !pair.isOrderedBy(Sample::hybrid)))
        .isEmpty();
  }

  /** So a hybrid time is never behind its own clock, and never ahead of all clocks. */
  @Test
  void hybridTimesAreTheLatestWallTimeAmongTheirCauses() {
    for (long seed = 0; seed < SEEDS; seed++) {
      var history = RandomHistory.of(seed);
      var causality = Causality.of(history);
      var events = history.facts(Sample.class);
      for (var each : events) {
        long latest =
            events.stream()
                .filter(
                    other -> other.equals(each) || causality.precedes(other.event(), each.event()))
                .mapToLong(other -> other.value().wallMillis())
                .max()
                .orElseThrow();

        assertThat(each.value().hybrid().wallTime())
            .as("seed %d, event %d", seed, each.event().number())
            .contains(Instant.ofEpochMilli(latest));
      }
    }
  }

  /** Otherwise the histories would prove nothing. */
  @Test
  void wallTimesAndLamportNumbersBreakTheLawsOfTheOthers() {
    assertThat(pairs().filter(pair -> pair.caused() && !pair.isOrderedBy(Sample::wall)))
        .isNotEmpty();
    assertThat(pairs().filter(pair -> !pair.caused() && pair.isOrderedBy(Sample::lamport)))
        .isNotEmpty();
  }

  private static Stream<Pair> pairs() {
    return LongStream.range(0, SEEDS).boxed().flatMap(ClockLawsTest::pairs);
  }

  private static Stream<Pair> pairs(long seed) {
    var history = RandomHistory.of(seed);
    var causality = Causality.of(history);
    List<Fact<Sample>> events = history.facts(Sample.class);
    return events.stream()
        .flatMap(first ->
            events.stream()
                .filter(second -> !second.equals(first))
                .map(second ->
                    new Pair(
                        seed, first, second, causality.precedes(first.event(), second.event()))));
  }
}
