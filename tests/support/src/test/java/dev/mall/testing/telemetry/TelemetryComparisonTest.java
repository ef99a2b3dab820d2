package dev.mall.testing.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryComparisonTest {

  private static final TelemetryRegistry REGISTRY =
      TelemetryRegistry.parse(
          """
          metrics:
            Cups:
              - {name: mall_cups_total, type: counter, unit: cups, meaning: Cups sold, by: [shop],
                 labels: {size: [S, L]}}
              - {name: mall_wait_seconds, type: histogram, unit: seconds, meaning: Time, by: [shop]}
              - {name: mall_broken_total, type: counter, unit: cups, meaning: Cups broken,
                 by: [shop, bar], labels: {by: {atMost: 1, of: waiters}}, absent: no cup broke}
          families:
            - {prefix: jvm_, meaning: The JVM, names: [jvm_used_bytes], labels: {area: 1}}
          objectives: []
          alerts: []
          logs: []
          """);

  private static final String SOUND =
      """
      # HELP jvm_used_bytes The memory
      # TYPE jvm_used_bytes gauge
      jvm_used_bytes{area="heap",service="shop"} 1.0
      # HELP mall_cups_total Cups sold
      # TYPE mall_cups_total counter
      mall_cups_total{service="shop",size="L"} 2.0
      # HELP mall_wait_seconds \s
      # TYPE mall_wait_seconds histogram
      mall_wait_seconds_bucket{service="shop",le="5.0"} 1
      mall_wait_seconds_count{service="shop"} 1
      # HELP mall_wait_seconds_max \s
      # TYPE mall_wait_seconds_max gauge
      mall_wait_seconds_max{service="shop"} 0.5
      """;

  @Test
  void findsNothingInWhatIsRegistered() {
    assertThat(TelemetryComparison.complaints(REGISTRY, "shop", SOUND)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # TYPE mall_cups_total counter | # TYPE mall_cups_total gauge   | mall_cups_total is a gauge, not a counter
          mall_wait_seconds_max          | mall_pots_max                  | mall_pots_max is not registered
          total Cups sold                | total Cups bought              | mall_cups_total is described as: Cups bought
          size="L"                       | size="XL"                      | mall_cups_total{size=XL}
          size="L"                       | size="L",customer="ada"        | mall_cups_total has the labels [customer, size]
          jvm_used_bytes                 | cpu_used                       | cpu_used is not registered
          """)
  void findsADifference(String text, String replacement, String complaint) {
    var scrape = SOUND.replace(text, replacement);

    assertThat(TelemetryComparison.complaints(REGISTRY, "shop", scrape))
        .contains("shop: " + complaint);
  }

  @Test
  void findsWhatIsMissing() {
    assertThat(TelemetryComparison.complaints(REGISTRY, "shop", ""))
        .containsExactly(
            "shop: mall_cups_total is not exported",
            "shop: mall_wait_seconds is not exported",
            "shop: nothing is exported under jvm_",
            "shop: jvm_used_bytes is not exported");
  }

  @Test
  void findsMoreValuesThanALabelMayHave() {
    var scrape =
        SOUND
            + """
            # TYPE mall_broken_total counter
            mall_broken_total{by="ada"} 1
            mall_broken_total{by="ben"} 1
            # TYPE jvm_free_bytes gauge
            jvm_free_bytes{area="heap"} 1
            jvm_free_bytes{area="stack"} 1
            """;

    assertThat(TelemetryComparison.complaints(REGISTRY, "shop", scrape))
        .containsExactly(
            "shop: mall_broken_total has 2 values of by, above 1",
            "shop: jvm_free_bytes has 2 values of area, above 1");
  }

  @Test
  void findsAMetricOfAnotherProgram() {
    assertThat(TelemetryComparison.complaints(REGISTRY, "bar", SOUND))
        .isEqualTo(
            List.of(
                "bar: mall_cups_total is not registered for this program",
                "bar: mall_wait_seconds is not registered for this program",
                "bar: mall_wait_seconds_max is not registered for this program"));
  }

  @Test
  void readsNoRegistryWithoutAUnit() {
    assertThatThrownBy(() ->
            TelemetryRegistry.parse(
                "metrics: {A: [{name: mall_a, type: gauge, meaning: A, by: [shop]}]}"))
        .hasMessageContaining("unit");
  }
}
