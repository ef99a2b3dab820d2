package dev.mall.lab.page;

import dev.mall.lab.study.Chapter;
import dev.mall.lab.study.Chapter.Question;
import dev.mall.lab.study.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/lab/README.md}: chapters, their studies, and answers, from the registry alone. */
public final class MapPage {

  /** The folder of all pages. */
  public static final Path FOLDER = Path.of("docs", "lab");

  private MapPage() {}

  public static String of(List<Chapter> chapters) {
    var parts = new ArrayList<String>();
    parts.add(introduction(chapters.getFirst().studies().getFirst()));
    chapters.forEach(chapter -> parts.add(section(chapter)));
    parts.add("## Questions\n");
    chapters.forEach(chapter -> chapter.questions().forEach(asked -> parts.add(answer(asked))));
    return String.join("\n", parts);
  }

  private static String introduction(Study example) {
    return """
    # The lab

    Each concept of distributed systems as an experiment: a naive version that fails on command, the same way each time, a space-time
    diagram of why, and a remedy on the same schedule, on real servers.

    ```
    ./mall lab                         # lists the experiments
    ./mall lab %-23s # runs one: claim, violation, remedy, verdict, diagrams
    ./mall lab --all                   # runs everything, which takes some minutes
    ```

    A run writes its page and drawings to `.mall/lab`; `--write` to this folder, whose pages are all made so. Each experiment is a test of
    both halves. [Contributing](../contributing.md#a-new-experiment-of-the-lab) shows how to add one,
    [ADR 39](../adr/0039-experiments-are-schedules-with-a-judge.md) why they have this form.
    """
        .formatted(example.name());
  }

  private static String section(Chapter chapter) {
    return """
    ## %s

    %s

    | concept | experiment | where it matters |
    |---|---|---|
    %s
    """
        .formatted(
            chapter.title(),
            chapter.conclusion().strip(),
            chapter.studies().stream().map(MapPage::row).collect(Collectors.joining("\n")));
  }

  private static String row(Study study) {
    return "| %s | [%s](%s.md) | %s |"
        .formatted(
            study.title(),
            study.name(),
            study.name(),
            study.suite().stream()
                .map(link -> link.markdown(FOLDER))
                .collect(Collectors.joining(", ")));
  }

  private static String answer(Question asked) {
    return "### %s\n\n%s\n".formatted(asked.question(), asked.answer().strip());
  }
}
