package dev.mall.conventions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The comments and string literals of a Java source. */
final class JavaProse {

  private static final Pattern TOKENS =
      Pattern.compile(
          """
          (?s)/\\*.*?\\*/\
          |(?m:^[ \\t]*//.*$(?:\\n[ \\t]*//.*$)*+)\
          |//[^\\n]*\
          |\"""[^"\\\\]*+(?:(?:\\\\.|"(?!""))[^"\\\\]*+)*+\"""\
          |"(?:[^"\\\\\\n]|\\\\.)*+"(?:\\s*+\\+\\s*+"(?:[^"\\\\\\n]|\\\\.)*+")*+\
          |'(?:[^'\\\\]|\\\\.)*+'\
          """);
  private static final Pattern LITERAL_SEAM = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final Pattern MARKS =
      Pattern.compile("(?m)^[ \\t]*(?:/\\*\\*?|\\*/|\\*(?!/)|//)|\\*/$");

  private static final Pattern SQL =
      Pattern.compile(
          "\"\"\"\\s*+(?:select|insert|update|delete|with|create)\\b.*", Pattern.DOTALL);
  private static final Pattern PARAMETER = Pattern.compile("@param \\w++");

  private JavaProse() {}

  /** Each comment and literal, neighbouring line comments and concatenated literals as one. */
  static List<Prose> of(String source) {
    var found = new ArrayList<Prose>();
    TOKENS
        .matcher(source)
        .results()
        .filter(token -> !isName(token.group()))
        .forEach(token ->
            found.add(new Prose(Prose.lineAt(source, token.start()), plain(token.group()))));
    return found;
  }

  /**
   * A character, a literal of one word, such as a JSON field or the name of a metric, or SQL, which
   * names columns.
   */
  private static boolean isName(String token) {
    return token.startsWith("'") || token.matches("\"[^\"\\s]*\"") || SQL.matcher(token).matches();
  }

  private static String plain(String token) {
    return token.startsWith("\"")
        ? LITERAL_SEAM
            .matcher(token)
            .replaceAll(
                seam -> "\n".repeat((int) seam.group().chars().filter(c -> c == '\n').count()))
            .replaceAll("^\"+|\"+$", "")
            .replace("\\n", " ")
        : PARAMETER.matcher(MARKS.matcher(token.strip()).replaceAll("")).replaceAll("@param");
  }
}
