package dev.mall.lab.page;

import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Comparison.Column;
import dev.mall.lab.study.Comparison.Result;
import dev.mall.lab.study.Comparison.Table;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.ExperimentRun;
import dev.mall.lab.study.ExperimentRun.HalfRun;
import dev.mall.lab.study.Link;
import dev.mall.lab.study.Study;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The page of a study and its drawings: contents by file name, relative to the folder of all pages,
 * {@code docs/lab}.
 */
public final class StudyPages {

  private StudyPages() {}

  public static Map<String, String> of(ExperimentRun run) {
    var experiment = run.experiment();
    var pages = new LinkedHashMap<String, String>();
    pages.put(experiment.name() + ".md", page(run));
    pages.put(experiment.name() + ".naive.svg", svg(experiment, "the naive version", run.naive()));
    pages.put(experiment.name() + ".remedy.svg", svg(experiment, "the remedy", run.remedy()));
    return pages;
  }

  public static Map<String, String> of(Comparison comparison, Result result) {
    var pages = new LinkedHashMap<String, String>();
    pages.put(comparison.name() + ".md", page(comparison, result));
    for (var figure : result.figures()) {
      pages.put("%s.%s.svg".formatted(comparison.name(), figure.name()), figure.svg());
    }
    return pages;
  }

  private static String page(ExperimentRun run) {
    var experiment = run.experiment();
    return """
    %s
    **Claim.** %s

    ## The naive version fails

    %s

    ![%s](%s.naive.svg)

    %s

    ## The remedy holds on the same schedule

    %s

    ![%s](%s.remedy.svg)

    ## Output

    ```
    %s
    ```

    %s\
    """
        .formatted(
            head(experiment),
            experiment.claim(),
            experiment.naive(),
            "Space-time diagram of the naive version",
            file(experiment),
            run.naive().violations().stream()
                .map(violation -> "> " + violation.cited())
                .collect(Collectors.joining("\n>\n")),
            experiment.remedy(),
            "Space-time diagram of the remedy",
            file(experiment),
            ExperimentReport.text(run),
            foot(experiment));
  }

  private static String page(Comparison comparison, Result result) {
    var parts = new ArrayList<String>();
    parts.add(head(comparison));
    result.tables().forEach(table -> parts.add(markdown(table)));
    for (var figure : result.figures()) {
      parts.add("![%s](%s.%s.svg)\n".formatted(figure.title(), file(comparison), figure.name()));
    }
    parts.add(foot(comparison));
    return String.join("\n", parts);
  }

  private static String head(Study study) {
    return """
    # %s

    `./mall lab %s` · [all experiments](../README.md)

    %s
    """
        .formatted(study.title(), study.name(), study.concept().strip());
  }

  private static String foot(Study study) {
    return """
    ## Conclusion

    %s

    ## In the suite

    %s

    ## Sources

    %s
    """
        .formatted(
            study.conclusion().strip(), list(study, study.suite()), list(study, study.sources()));
  }

  /** A table in Markdown; measured cells are in italics. */
  static String markdown(Table table) {
    var titles = table.columns().stream().map(Column::title).toList();
    var lines = new ArrayList<String>();
    lines.add("**%s**\n".formatted(table.caption()));
    lines.add(row(titles));
    lines.add("|---".repeat(titles.size()) + "|");
    table.rows().forEach(cells -> lines.add(row(styled(table.columns(), cells))));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> styled(List<Column> columns, List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> columns.get(i).measured() ? "*%s*".formatted(cells.get(i)) : cells.get(i))
        .toList();
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String svg(Experiment experiment, String which, HalfRun half) {
    return SpaceTimeSvg.of(
        "%s: %s".formatted(experiment.title(), which), half.history(), half.violations());
  }

  private static String list(Study study, List<Link> links) {
    var folder = MapPage.FOLDER.resolve(study.chapter());
    return links.stream()
        .map(link -> "- " + link.markdown(folder))
        .collect(Collectors.joining("\n"));
  }

  private static String file(Study study) {
    return study.name().substring(study.name().indexOf('/') + 1);
  }
}
