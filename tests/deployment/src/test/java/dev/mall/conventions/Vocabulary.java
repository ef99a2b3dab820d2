package dev.mall.conventions;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words that prose here does without: each hides an actor, a state or an outcome that has a name.
 */
final class Vocabulary {

  private static final Pattern WORDS =
      Pattern.compile(
          "\\b(?:somebody|nobody|whoever|anybody|everybody|someone|told|tells?|heard|away|anew"
              + "|for\\s+ever|(?:became|becomes?)\\s+of)\\b",
          Pattern.CASE_INSENSITIVE);

  /** A sentence, list item or table cell that opens with "What"; a question is allowed. */
  private static final Pattern OPENING =
      Pattern.compile(
          "(?:^|\\n\\s*\\n|[.!?:][)\"]?\\s+|<p>|<li>|\\|"
              + "|(?:^|\\n)[ \\t]*(?:[-*#>]|\\d+\\.)+\\s)\\s*[*_]*"
              + "(What\\s+[^.!?|]*[.!?|]?)");

  /** Names of fields and the like, which are no prose. */
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`|\\{@\\w+ [^}\n]*}");

  /** The same words in a name; "what" and "become" occur there in another sense. */
  private static final Set<String> NAME_WORDS =
      Set.of(
          "somebody",
          "nobody",
          "whoever",
          "anybody",
          "everybody",
          "someone",
          "told",
          "tell",
          "tells",
          "hear",
          "hears",
          "heard",
          "away",
          "anew");

  private static final Pattern WORD_SEAM =
      Pattern.compile("_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private Vocabulary() {}

  /** Whether an identifier contains one of the words. */
  static boolean isViolatedBy(String name) {
    return WORD_SEAM
        .splitAsStream(name)
        .anyMatch(word -> NAME_WORDS.contains(word.toLowerCase(Locale.ROOT)));
  }

  static List<String> violations(Prose text) {
    var prose =
        new Prose(
            text.line(),
            CODE.matcher(text.text()).replaceAll(code -> "_".repeat(code.group().length())));
    return Stream.concat(
            WORDS.matcher(prose.text()).results().map(found -> at(prose, found, 0)),
            OPENING
                .matcher(prose.text())
                .results()
                .filter(found -> !found.group(1).endsWith("?"))
                .map(found -> at(prose, found, 1)))
        .toList();
  }

  private static String at(Prose prose, MatchResult found, int group) {
    var words = found.group(group).replaceAll("\\s+", " ");
    return prose.lineOf(found.start(group))
        + ": "
        + words.substring(0, Math.min(words.length(), 40));
  }
}
