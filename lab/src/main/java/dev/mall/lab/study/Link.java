package dev.mall.lab.study;

import java.nio.file.Path;

/**
 * A place in this repository, or a source.
 *
 * @param target a path from the root of the repository, or a web address
 */
public record Link(String title, String target) {

  public static Link to(String title, String target) {
    return new Link(title, target);
  }

  /** The link in Markdown, from a page in this folder of the repository. */
  public String markdown(Path folder) {
    return "[%s](%s)"
        .formatted(title, isWeb() ? target : folder.relativize(Path.of(target)).toString());
  }

  public boolean isWeb() {
    return target.startsWith("https://") || target.startsWith("http://");
  }
}
