package dev.mall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.HttpApi;
import dev.mall.testing.telemetry.TelemetryComparison;
import dev.mall.testing.telemetry.TelemetryRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The gateway's part of docs/telemetry.yml; FaultsIT has the services'. */
class TelemetryIT extends GatewayTests {

  /** More than a label may have values, were each path one. */
  private static final int REQUESTS = 45;

  @Test
  void exportsWhatIsRegisteredAndNothingElse() throws Exception {
    var api = new HttpApi(port);
    for (int order = 1; order <= REQUESTS; order++) {
      assertThat(api.get("/api/orders/" + order).statusCode()).isIn(401, 503);
    }

    var scrape =
        api.send(
            api.to("/actuator/prometheus")
                .header("Authorization", "Bearer " + OPERATOR_TOKEN)
                .GET());

    assertThat(scrape.statusCode()).isEqualTo(200);
    assertThat(
            TelemetryComparison.complaints(
                TelemetryRegistry.read(Path.of("..")), "gateway", scrape.body()))
        .isEmpty();
  }
}
