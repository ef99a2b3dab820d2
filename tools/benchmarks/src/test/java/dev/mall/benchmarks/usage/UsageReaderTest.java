package dev.mall.benchmarks.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

class UsageReaderTest {

  private static final UsageReader MALL = reader(Map.of("order-service", 11L, "kafka", 12L), 10);
  private static final UsageReader BEHIND_GATEWAY = MALL.with("gateway", 13, "mall_gateway");
  private static final UsageReader OTHER = reader(Map.of("order-service", 21L), 20);
  private static final List<UsageReader> ALL = List.of(MALL, BEHIND_GATEWAY, OTHER);

  @Test
  void processesOfOtherSystemsRestUnlessTheyAreItsOwn() {
    assertThat(MALL.resting(ALL)).containsExactlyInAnyOrder(13L, 20L, 21L);
    assertThat(BEHIND_GATEWAY.resting(ALL)).containsExactlyInAnyOrder(20L, 21L);
  }

  @Test
  void aProcessThatTwoSystemsShareRestsOnce() {
    assertThat(OTHER.resting(ALL)).containsExactlyInAnyOrder(10L, 11L, 12L, 13L);
  }

  /** As floor A0, which is nothing but the server of floor A. */
  @Test
  void theServerOfAnotherSystemDoesNotRestIfItIsMeasured() {
    var bare = reader(Map.of(), 20);

    assertThat(OTHER.resting(List.of(OTHER, bare))).isEmpty();
    assertThat(bare.resting(List.of(OTHER, bare))).containsExactly(21L);
  }

  @Test
  void oneMoreProcessHasADatabase() {
    assertThat(BEHIND_GATEWAY.processes())
        .containsOnlyKeys("order-service", "kafka", "gateway")
        .containsEntry("gateway", 13L);
    assertThat(BEHIND_GATEWAY.databases()).containsExactly("mall_order", "mall_gateway");
    assertThat(MALL.processes()).doesNotContainKey("gateway");
  }

  private static UsageReader reader(Map<String, Long> processes, long postgres) {
    return new UsageReader(
        processes, postgres, new SimpleDriverDataSource(), List.of("mall_order"), () -> 0);
  }
}
