package dev.mall.launcher.suite;

import dev.mall.cli.MallService;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tag;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many messages or requests a service handled at a time, by the service's own meters. */
public record Batches(Map<String, Sum> sums) {

  /**
   * @param batches how many
   * @param handled what was in them
   */
  public record Sum(long batches, double handled) {
    public double mean() {
      return batches == 0 ? 0 : handled / batches;
    }

    private Sum minus(Sum other) {
      return new Sum(batches - other.batches, handled - other.handled);
    }
  }

  static Batches of(Suite suite) {
    var sums = new TreeMap<String, Sum>();
    for (var service : MallService.values()) {
      suite.meters(service).getMeters().stream()
          .filter(meter -> meter.getId().getName().matches("mall\\.[a-z.]*batch"))
          .filter(DistributionSummary.class::isInstance)
          .map(DistributionSummary.class::cast)
          .forEach(meter -> sums.put(name(service, meter), sum(meter)));
    }
    return new Batches(sums);
  }

  /** Since then. */
  public Batches minus(Batches before) {
    var difference = new TreeMap<String, Sum>();
    sums.forEach((name, sum) ->
        difference.put(name, sum.minus(before.sums.getOrDefault(name, new Sum(0, 0)))));
    difference.values().removeIf(sum -> sum.batches() == 0);
    return new Batches(difference);
  }

  private static Sum sum(DistributionSummary meter) {
    return new Sum(meter.count(), meter.totalAmount());
  }

  private static String name(MallService service, DistributionSummary meter) {
    var what = meter.getId().getName().replaceAll("^mall\\.|\\.batch$", "");
    var tags =
        meter.getId().getTags().stream()
            .filter(tag -> !tag.getKey().equals("service"))
            .map(Tag::getValue)
            .collect(Collectors.joining(" "));
    return "%s %s %s".formatted(service.title(), what, tags).strip();
  }
}
