package dev.mall.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names in a PromQL expression.
 *
 * @param selectors metrics, with what their labels must be
 * @param grouped labels by which samples are grouped or matched
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/basics/">the language</a>
 */
record PromQl(List<Selector> selectors, Set<String> grouped) {

  /**
   * A metric and matchers of its labels.
   *
   * @param labels the value of each label; empty where it is not one fixed value
   */
  record Selector(String metric, Map<String, String> labels) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?x) (?<grouping> \\b(?:by|without|on|ignoring|group_left|group_right) \\s* \\((?<labels>[^)]*)\\))
          | (?<name> [a-zA-Z_:][\\w:]*) \\s* (?: (?<function> \\( | (?=(?:by|without)\\b)) | \\{(?<matchers> (?:[^}"]|"[^"]*")*)} )?
          | \\[ [^\\]]* ] | "[^"]*" | \\d[\\w.]*
          """);
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");

  static PromQl parse(String expression) {
    var selectors = new ArrayList<Selector>();
    var grouped = new HashSet<String>();
    TOKEN
        .matcher(expression)
        .results()
        .forEach(token -> {
          var name = token.group("name");
          if (token.group("grouping") != null) {
            Stream.of(token.group("labels").split(","))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(grouped::add);
          } else if (name != null && token.group("function") == null && !WORDS.contains(name)) {
            selectors.add(new Selector(name, matchers(token.group("matchers"))));
          }
        });
    return new PromQl(selectors, grouped);
  }

  private static Map<String, String> matchers(String text) {
    var labels = new HashMap<String, String>();
    MATCHER
        .matcher(text == null ? "" : text)
        .results()
        .forEach(
            found -> labels.put(found.group(1), found.group(2).equals("=") ? found.group(3) : ""));
    return labels;
  }
}
