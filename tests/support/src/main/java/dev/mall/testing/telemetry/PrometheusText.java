package dev.mall.testing.telemetry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The metrics that a program exports, read from Prometheus' text format.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
 */
record PrometheusText(List<Exported> metrics) {

  private static final Pattern SAMPLE = Pattern.compile("([\\w:]+)(?:\\{(.*)})? \\S+.*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /**
   * A metric.
   *
   * @param samples names that its samples have
   * @param labels the values of each label
   */
  record Exported(
      String name, String type, String help, Set<String> samples, Map<String, Set<String>> labels) {

    Exported(String name, String type, String help) {
      this(name, type, help, new TreeSet<>(), new LinkedHashMap<>());
    }
  }

  static PrometheusText parse(String text) {
    var helps = new HashMap<String, String>();
    var exported = new LinkedHashMap<String, Exported>();
    var current = "";
    for (var line : text.lines().toList()) {
      var words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        helps.put(words[2], words.length == 4 ? words[3].strip() : "");
      } else if (line.startsWith("# TYPE ")) {
        current = words[2];
        exported.put(current, new Exported(current, words[3], helps.getOrDefault(current, "")));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        var metric = exported.get(current);
        if (metric == null) {
          throw new IllegalArgumentException("a sample before any type: " + line);
        }
        add(line, metric);
      }
    }
    return new PrometheusText(new ArrayList<>(exported.values()));
  }

  private static void add(String line, Exported metric) {
    var sample = SAMPLE.matcher(line);
    if (!sample.matches() || !sample.group(1).startsWith(metric.name())) {
      throw new IllegalArgumentException("no sample of %s: %s".formatted(metric.name(), line));
    }
    metric.samples().add(sample.group(1));
    if (sample.group(2) != null) {
      LABEL
          .matcher(sample.group(2))
          .results()
          .forEach(label ->
              metric
                  .labels()
                  .computeIfAbsent(label.group(1), _ -> new TreeSet<>())
                  .add(label.group(2)));
    }
  }
}
