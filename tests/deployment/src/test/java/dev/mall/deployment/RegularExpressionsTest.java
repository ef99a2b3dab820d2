package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Regular expressions in what serves requests and messages cannot backtrack: no quantified group,
 * no lookaround, no back reference, and every quantifier has a bound or is possessive.
 */
class RegularExpressionsTest {

  private static final List<String> MODULES =
      List.of(
          "common/web",
          "common/messaging",
          "common/money",
          "common/runtime",
          "common/contracts",
          "common/identifiers",
          "common/locking",
          "common/two-phase",
          "common/security",
          "gateway",
          "order-service",
          "inventory-service",
          "payment-service",
          "notification-service",
          "saga-orchestrator");

  /** Literals that are given to java.util.regex, and constants that annotations name. */
  private static final Pattern USES =
      Pattern.compile(
          "(?:Pattern\\.compile\\(|regexp = |\\.matches\\(|\\.replaceAll\\(|\\.replaceFirst\\("
              + "|\\.split\\(|static final String [A-Z_]+ =|String REGEXP =)\\s*"
              + "\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final int MOST = 4_000;

  private static final Pattern CLASS = Pattern.compile("\\[(?:[^\\]\\\\]|\\\\.)*]");

  @Test
  void noneCanBacktrack() throws IOException {
    for (var module : MODULES) {
      try (var files = Files.walk(Yaml.ROOT.resolve(module).resolve("src/main/java"))) {
        for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          assertThat(expressions(Files.readString(file)).filter(e -> !isLinear(e)))
              .as(file.toString())
              .isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)",
        "(?i)\\s*wait\\s*(?:=\\s*\"?([^\";]*)\"?\\s*)?",
        "[a-z]*",
        "a+",
        "(a|b){1,5}",
        "(a)\\1",
        "[a-z]{1,}",
        "[a-z]{1,50000}",
        ".*x",
      })
  void backtrackingIsRecognized(String expression) {
    assertThat(isLinear(expression)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[A-Za-z0-9._-]{1,64}", "[!-~]{1,128}", "[+*]{1,3}", "a*+b", "^\\.", "x?+"})
  void whatCannotBacktrackIsAllowed(String expression) {
    assertThat(isLinear(expression)).isTrue();
  }

  private static Stream<String> expressions(String source) {
    return USES.matcher(source)
        .results()
        .map(found -> found.group(1).translateEscapes())
        .filter(text -> text.matches(".*[\\[\\](){}*+?^$\\\\|].*"))
        .filter(RegularExpressionsTest::isNoSentence);
  }

  /** SQL, messages and path patterns are constants, too. */
  private static boolean isNoSentence(String text) {
    return !text.startsWith("/")
        && !text.contains("%")
        && !CLASS.matcher(text).replaceAll("").contains(" ");
  }

  private static boolean isLinear(String expression) {
    var plain = CLASS.matcher(expression).replaceAll("C").replaceAll("\\\\[^0-9]", "E");
    if (plain.contains("\\") || plain.contains("(?") || Pattern.matches(".*\\)[*+?{].*", plain)) {
      return false;
    }
    return Pattern.compile("([*+?]|\\{[^}]*})(\\+?)")
        .matcher(plain)
        .results()
        .allMatch(q -> !q.group(2).isEmpty() || isBounded(q.group(1)));
  }

  private static boolean isBounded(String quantifier) {
    var bounds = quantifier.replaceAll("[{}]", "").split(",", -1);
    return quantifier.startsWith("{")
        && bounds[bounds.length - 1].matches("[0-9]+")
        && Integer.parseInt(bounds[bounds.length - 1]) <= MOST;
  }
}
