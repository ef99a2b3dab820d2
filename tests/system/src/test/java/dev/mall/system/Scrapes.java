package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.mall.Mall;
import dev.mall.cli.MallService;
import dev.mall.cli.access.MachineClient;
import dev.mall.testing.telemetry.TelemetryComparison;
import dev.mall.testing.telemetry.TelemetryRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Metrics that the services of a mall export to Prometheus. */
final class Scrapes {

  private Scrapes() {}

  /** The differences between docs/telemetry.yml and what each service exports now. */
  static List<String> complaints(Mall mall) throws IOException, InterruptedException {
    var registry = TelemetryRegistry.read(OpenMall.REPOSITORY);
    var complaints = new ArrayList<String>();
    for (var service : MallService.values()) {
      complaints.addAll(
          TelemetryComparison.complaints(registry, service.title(), of(mall, service)));
    }
    return complaints;
  }

  private static String of(Mall mall, MallService service)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(mall.uri(service).resolve("/actuator/prometheus"));
    mall.credentials().of(MachineClient.AUDIT).forEach(request::header);
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}
