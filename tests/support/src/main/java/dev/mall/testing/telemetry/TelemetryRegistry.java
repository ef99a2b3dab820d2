package dev.mall.testing.telemetry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metrics, objectives, alerts and log lines of docs/telemetry.yml, on which monitoring may
 * rely.
 *
 * @param metrics by the heading under which the page shows them
 * @param families metrics of libraries
 */
@JsonIgnoreProperties("values") // anchors
public record TelemetryRegistry(
    Map<String, List<Metric>> metrics,
    List<Family> families,
    List<Objective> objectives,
    List<Alert> alerts,
    List<LogLine> logs) {

  /** The beginning of the name of each own metric. */
  static final String OWN = "mall_";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /** How a metric is exported. */
  public enum Type {
    COUNTER,
    GAUGE,
    /** With {@code _count}, {@code _sum}, and {@code _max} as a gauge. */
    SUMMARY,
    /** Like a summary, with {@code _bucket}. */
    HISTOGRAM;

    /** Whether no sample has the metric's own name, but several have it with an ending. */
    public boolean isComposed() {
      return this == SUMMARY || this == HISTOGRAM;
    }
  }

  /**
   * The values of a label.
   *
   * @param listed all of them; empty if they are only counted
   * @param atMost how many there are
   * @param of what they are, unless they are listed
   */
  public record LabelValues(List<String> listed, int atMost, String of) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LabelValues of(Object given) {
      return switch (given) {
        case List<?> values ->
            new LabelValues(values.stream().map(Object::toString).toList(), values.size(), "");
        case Map<?, ?> bound when bound.get("atMost") instanceof Integer atMost ->
            new LabelValues(List.of(), atMost, String.valueOf(bound.get("of")));
        default -> throw new IllegalArgumentException("neither values nor a bound: " + given);
      };
    }

    public boolean allows(String value) {
      return listed.isEmpty() || listed.contains(value);
    }
  }

  /**
   * A metric of our own.
   *
   * @param by programs that export it
   * @param absent why it may not be exported; empty if it always is
   */
  public record Metric(
      String name,
      Type type,
      String unit,
      String meaning,
      List<String> by,
      Map<String, LabelValues> labels,
      Optional<String> absent) {

    public Metric {
      if (Stream.of(unit, meaning).anyMatch(text -> text == null || text.isBlank())
          || !name.startsWith(OWN)) {
        throw new IllegalArgumentException(name + " needs a unit, a meaning and our prefix");
      }
      labels = orEmpty(labels);
    }
  }

  /**
   * Metrics of a library.
   *
   * @param by programs that export some of them; empty for all
   * @param names those on which rules and dashboards rely
   * @param labels how many values each may have at most, of those that rules and dashboards use or
   *     that have more than {@link #USUAL_VALUES}
   */
  public record Family(
      String prefix,
      String meaning,
      List<String> by,
      List<String> names,
      Map<String, Integer> labels) {

    /** Of a label without a number of its own. */
    public static final int USUAL_VALUES = 20;

    public Family {
      by = orEmpty(by);
      names = orEmpty(names);
      labels = orEmpty(labels);
    }

    boolean isExportedBy(String program) {
      return by.isEmpty() || by.contains(program);
    }

    int mostValues(String label) {
      return labels.getOrDefault(label, USUAL_VALUES);
    }
  }

  /** The share of events that must be good. */
  public record Objective(String slo, double ratio, String meaning) {}

  /** An alert, whose rules and runbook have its name. */
  public record Alert(String name, List<String> severity, String meaning) {}

  /** A line of the log; {@code text} is how its message begins. */
  public record LogLine(String level, String text, String module, String meaning) {}

  /** Reads the registry of the repository in this directory. */
  public static TelemetryRegistry read(Path repository) {
    try {
      return parse(Files.readString(repository.resolve("docs/telemetry.yml")));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  static TelemetryRegistry parse(String yaml) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object document = new Yaml(new SafeConstructor(options)).load(yaml);
    return JSON.convertValue(document, TelemetryRegistry.class);
  }

  public Stream<Metric> allMetrics() {
    return metrics.values().stream().flatMap(List::stream);
  }

  /** The metric that this exported name belongs to. */
  public Optional<Metric> metric(String exported) {
    return allMetrics().filter(metric -> namesOf(metric).anyMatch(exported::equals)).findFirst();
  }

  private static Stream<String> namesOf(Metric metric) {
    var name = metric.name();
    return switch (metric.type()) {
      case COUNTER, GAUGE -> Stream.of(name);
      case SUMMARY -> Stream.of("", "_count", "_sum", "_max").map(name::concat);
      case HISTOGRAM -> Stream.of("", "_count", "_sum", "_max", "_bucket").map(name::concat);
    };
  }

  /** The family that this exported name begins like. */
  public Optional<Family> family(String exported) {
    return families.stream().filter(family -> exported.startsWith(family.prefix())).findFirst();
  }

  /** Whether documents may name this metric, and rules and dashboards rely on it. */
  public boolean names(String metric) {
    return metric(metric).isPresent()
        || family(metric).filter(family -> family.names().contains(metric)).isPresent();
  }

  private static List<String> orEmpty(@Nullable List<String> names) {
    return names == null ? List.of() : names;
  }

  private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> labels) {
    return labels == null ? Map.of() : labels;
  }
}
