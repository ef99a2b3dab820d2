package dev.mall.cli.access;

import dev.mall.cli.UnexpectedReplyException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of a login page, as the gateway and other issuers show it.
 *
 * @param action the address to which it is sent
 * @param hidden the values of its hidden fields, by name
 */
record LoginForm(URI action, Map<String, String> hidden) {

  private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>(.*?)</form>");
  private static final Pattern INPUT = Pattern.compile("(?i)<input\\b([^>]*)>");

  /**
   * Finds the form that asks for a password.
   *
   * @throws UnexpectedReplyException if the page has none
   */
  static LoginForm on(HttpResponse<String> page) {
    return FORM.matcher(page.body())
        .results()
        .filter(form -> inputs(form).anyMatch(input -> is(input, "password")))
        .map(form ->
            new LoginForm(
                page.uri().resolve(attribute("action", form.group(1)).orElse("")), hidden(form)))
        .findFirst()
        .orElseThrow(() ->
            new UnexpectedReplyException(
                "%s shows no login page, but answered %d: %s"
                    .formatted(page.uri(), page.statusCode(), page.body())));
  }

  private static Map<String, String> hidden(MatchResult form) {
    return inputs(form)
        .filter(input -> is(input, "hidden"))
        .filter(input -> attribute("name", input).isPresent())
        .collect(
            Collectors.toMap(
                input -> attribute("name", input).orElseThrow(),
                input -> attribute("value", input).orElse("")));
  }

  private static Stream<String> inputs(MatchResult form) {
    return INPUT.matcher(form.group(2)).results().map(input -> input.group(1));
  }

  private static boolean is(String input, String type) {
    return attribute("type", input).filter(type::equalsIgnoreCase).isPresent();
  }

  private static Optional<String> attribute(String name, String tag) {
    return Pattern.compile("(?i)\\s%s\\s*=\\s*\"([^\"]*)\"".formatted(name))
        .matcher(tag)
        .results()
        .map(found -> found.group(1).replace("&amp;", "&"))
        .findFirst();
  }
}
