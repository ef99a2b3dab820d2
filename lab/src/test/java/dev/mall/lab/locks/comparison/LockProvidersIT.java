package dev.mall.lab.locks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.locks.provider.Guarantee;
import dev.mall.lab.locks.provider.LockProvider;
import dev.mall.lab.trial.Servers;
import dev.mall.lab.trial.Trial;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conformance suite: each provider claims the guarantees that hold, and no other. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class LockProvidersIT {

  private Map<LockProvider, Set<Guarantee>> holding;

  @BeforeAll
  void runTheChecks() throws Exception {
    try (var servers = new Servers();
        var trial = new Trial(servers, 1)) {
      holding = LockProviders.holding(trial, _ -> {});
    }
  }

  static Stream<LockProvider> providers() {
    return LockProviders.ALL.stream().filter(LockProvider::isInstalled);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void claimedGuaranteesHoldAndOthersFail(LockProvider provider) {
    assertThat(holding.get(provider))
        .as(provider.name())
        .containsExactlyInAnyOrderElementsOf(provider.claims());
  }
}
