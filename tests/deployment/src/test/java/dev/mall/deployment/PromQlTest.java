package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.deployment.PromQl.Selector;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromQlTest {

  @Test
  void findsMetricsMatchersAndGroups() {
    var names =
        PromQl.parse(
            """
            (sum by (job, le) (rate(a_bucket{x="1",y=~"2|}",z!="3"}[5m])) or vector(0)) > 14.4 * 0.001
              and on (w) slo:errors:ratio1h{slo="accepted"} unless absent_over_time(up[2m] offset 1h)
            """);

    assertThat(names.selectors())
        .containsExactly(
            new Selector("a_bucket", Map.of("x", "1", "y", "", "z", "")),
            new Selector("slo:errors:ratio1h", Map.of("slo", "accepted")),
            new Selector("up", Map.of()));
    assertThat(names.grouped()).containsExactlyInAnyOrder("job", "le", "w");
  }
}
