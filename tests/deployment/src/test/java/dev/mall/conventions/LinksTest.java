package dev.mall.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relative links in documents lead to files and headings that exist. */
class LinksTest {

  private static final Pattern LINK =
      Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
  private static final Pattern TEST = Pattern.compile("(?<!@)\\b[A-Z]\\w*(?:Test|IT)\\b");
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");

  @Test
  void leadSomewhere() {
    assertThat(Repository.files(path -> path.endsWith(".md")).stream().flatMap(LinksTest::broken))
        .isEmpty();
  }

  /** From the root README, by links. */
  @Test
  void leadToEveryDocument() {
    var reached = new HashSet<Path>();
    var next = new ArrayDeque<>(List.of(Path.of("../../README.md")));
    while (!next.isEmpty()) {
      var page = next.pop();
      if (reached.add(page)) {
        links(page)
            .map(link -> page.resolveSibling(link.split("#", 2)[0]).normalize())
            .filter(target -> target.toString().endsWith(".md"))
            .forEach(next::push);
      }
    }

    assertThat(reached).containsAll(Repository.files(path -> path.endsWith(".md")));
  }

  @Test
  void namedTestsExist() {
    var names =
        Repository.files(path -> path.matches(".*src/test/java/.*(Test|IT)\\.java")).stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());

    assertThat(
            Repository.files(path -> path.endsWith(".md") && !path.equals("CHANGELOG.md")).stream()
                .flatMap(page ->
                    TEST.matcher(Repository.text(page))
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> !names.contains(name))
                        .map(name -> page + ": " + name)))
        .isEmpty();
  }

  @Test
  void areFoundBroken(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("there.md"), "# It's `here`, now\n");
    var page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        [1](there.md) [2](there.md#its-here-now) [3](#a-heading) [4](https://example.org/x) `[5](code.md)`
        [6](gone.md) [7](there.md#gone) [8](#gone) <img src="gone.svg">
        ## A heading
        ```
        [9](fenced.md)
        ```
        """);

    assertThat(broken(page).map(link -> link.substring(link.lastIndexOf(' ') + 1)))
        .containsExactly("gone.md", "there.md#gone", "#gone", "gone.svg");
  }

  private static Stream<String> broken(Path page) {
    return links(page).filter(link -> !exists(page, link)).map(link -> page + ": " + link);
  }

  /** Relative ones, outside of code. */
  private static Stream<String> links(Path page) {
    var text = CODE.matcher(FENCED.matcher(Repository.text(page)).replaceAll("")).replaceAll("");
    return LINK.matcher(text)
        .results()
        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"));
  }

  private static boolean exists(Path page, String link) {
    var parts = link.split("#", 2);
    var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.exists(target)
        && (parts.length == 1 || headings(Repository.text(target)).contains(parts[1]));
  }

  /** The anchors that GitHub makes. */
  private static List<String> headings(String text) {
    return HEADING
        .matcher(FENCED.matcher(text).replaceAll(""))
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
