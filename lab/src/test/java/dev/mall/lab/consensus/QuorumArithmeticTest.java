package dev.mall.lab.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumArithmeticTest {

  @ParameterizedTest
  @CsvSource({"3, 2, 1", "4, 2, 0", "4, 3, 2", "5, 3, 1", "9, 6, 3", "10, 7, 4"})
  void countsTheServersThatTwoSetsShare(int servers, int size, int shared) {
    assertThat(QuorumArithmetic.smallestOverlap(servers, size)).isEqualTo(shared);
  }
}
