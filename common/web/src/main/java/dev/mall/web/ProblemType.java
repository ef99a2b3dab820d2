package dev.mall.web;

import java.net.URI;
import org.springframework.http.HttpStatus;

/**
 * A kind of problem that clients may branch on. A service lists its own in one enum, and every one
 * of them in {@code docs/problems.md}.
 */
public interface ProblemType {

  /** Last part of the type's URI; lower case words and hyphens; never changes once published. */
  String slug();

  HttpStatus status();

  /** What it means, for people; the same for every occurrence. */
  String title();

  default URI uri() {
    return URI.create("https://mall.dev/problems/" + slug());
  }
}
