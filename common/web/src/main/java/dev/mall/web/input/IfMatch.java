package dev.mall.web.input;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags that are made of versions, and the condition {@code If-Match} over them: a change is
 * made only to the version that the client saw.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1">RFC 9110, If-Match</a>
 */
public final class IfMatch {

  /** The header's name. */
  public static final String HEADER = "If-Match";

  private IfMatch() {}

  /** The entity tag of a version. */
  public static String tag(long version) {
    return "\"" + version + "\"";
  }

  /**
   * @param header the header as it came; null if there was none
   * @return whether a version may be changed; empty stands for something that does not exist yet
   */
  public static Predicate<Optional<Long>> parse(@Nullable String header) {
    if (header == null) {
      return _ -> true;
    }
    if (header.strip().equals("*")) {
      return Optional::isPresent;
    }
    var tags = tags(header);
    return version -> version.map(IfMatch::tag).filter(tags::contains).isPresent();
  }

  private static Set<String> tags(String header) {
    return Arrays.stream(header.split(","))
        .map(String::strip)
        .collect(Collectors.toUnmodifiableSet());
  }
}
