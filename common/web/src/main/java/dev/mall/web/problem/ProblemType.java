package dev.mall.web.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * A kind of problem that clients may branch on. A service lists its own in one enum, and every one
 * of them in {@code docs/problems.md}.
 */
public interface ProblemType {

  /** The enum constant's, which never changes once published: it makes the type's URI. */
  String name();

  HttpStatus status();

  /** What it means, for people; the same for every occurrence. */
  String title();

  /** Last part of the type's URI: lower case words and hyphens. */
  default String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  default URI uri() {
    return URI.create("https://mall.dev/problems/" + slug());
  }
}
