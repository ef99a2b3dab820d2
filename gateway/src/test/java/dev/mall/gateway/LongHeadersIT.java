package dev.mall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.mall.testing.HttpApi;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers at the limit of their length and beyond it take no time. */
class LongHeadersIT extends GatewayTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Authorization",
        "Content-Type",
        "Cookie",
        "Forwarded",
        "Idempotency-Key",
        "Origin",
        "Prefer",
        "traceparent",
        "X-Forwarded-For",
        "X-Forwarded-Proto"
      })
  void noHeaderTakesLong(String name) throws Exception {
    var api = new HttpApi(port);
    for (var filler : List.of(",", " ", "\"", ";", ",\"\"", "=", "a;b=c,", "%", "::")) {
      for (int length : new int[] {4_000, 15_000}) { // at the limit of a header, and beyond it
        var request =
            api.to("/api/nowhere")
                .header(name, "x" + filler.repeat(length / filler.length()))
                .GET();

        var answer = assertTimeout(Duration.ofSeconds(2), () -> api.send(request), name + filler);

        assertThat(answer.statusCode()).isBetween(400, 499);
      }
    }
  }
}
