package dev.mall.lab;

import dev.mall.cli.HelpText;
import dev.mall.cli.ShutdownHook;
import dev.mall.cli.Terminal;
import dev.mall.cli.UsageException;
import dev.mall.lab.page.ComparisonReport;
import dev.mall.lab.page.ExperimentReport;
import dev.mall.lab.page.MapPage;
import dev.mall.lab.page.StudyPages;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.ExperimentRun;
import dev.mall.lab.study.Study;
import dev.mall.lab.trial.Servers;
import dev.mall.lab.trial.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command. Exit codes: 0 every naive half failed as claimed and every remedy held, 1 one did
 * not, 2 the command line is wrong.
 */
public final class LabMain {

  static final Path DOCUMENTS = MapPage.FOLDER;
  private static final Path SCRATCH = Path.of(".mall", "lab");

  private final Terminal terminal;
  private final LabOptions options;
  private final Path pages;

  LabMain(Terminal terminal, LabOptions options) {
    this.terminal = terminal;
    this.options = options;
    this.pages = options.writesDocuments() ? DOCUMENTS : SCRATCH;
  }

  public static void main(String... arguments) {
    var hook = new ShutdownHook();
    hook.atJvmEnd();
    System.exit(hook.whileDoing(() -> run(Terminal.standard(), arguments)));
  }

  static int run(Terminal terminal, String... arguments) throws InterruptedException {
    try {
      if (HelpText.isRequested(arguments)) {
        terminal.line(HelpText.of("lab").stripTrailing());
        return 0;
      }
      return new LabMain(terminal, LabOptions.parse(arguments)).run();
    } catch (UsageException e) {
      System.err.println(e.getMessage() + "\nSee ./mall lab --help");
      return 2;
    }
  }

  private int run() throws InterruptedException {
    var studies = options.studies();
    if (studies.isEmpty()) {
      list();
    }
    if (options.writesDocuments()) {
      write(Map.of("README.md", MapPage.of(Chapters.ALL)));
    }
    var failed = new ArrayList<String>();
    try (var servers = new Servers()) {
      for (var study : studies) {
        if (!isAsClaimed(study, servers)) {
          failed.add(study.name());
        }
      }
    }
    summarize(studies, failed);
    return failed.isEmpty() ? 0 : 1;
  }

  private void list() {
    for (var chapter : Chapters.ALL) {
      terminal.title(chapter.title());
      chapter
          .studies()
          .forEach(study -> terminal.line("  %-32s %s".formatted(study.name(), study.title())));
    }
    terminal.line("");
    terminal.line(
        "./mall lab NAME runs one, ./mall lab CHAPTER a chapter, ./mall lab --all everything.");
  }

  private boolean isAsClaimed(Study study, Servers servers) throws InterruptedException {
    long start = System.nanoTime();
    try {
      boolean asClaimed =
          switch (study) {
            case Experiment experiment -> runs(experiment, servers);
            case Comparison comparison -> compares(comparison, servers);
          };
      terminal.aside(
          "%s, %.1f s"
              .formatted(
                  pages.resolve(study.name() + ".md"),
                  Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0));
      return asClaimed;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // a study may fail in any way, and the others have to run
      terminal.bad("%s could not be run: %s".formatted(study.name(), e));
      e.printStackTrace();
      return false;
    }
  }

  private boolean runs(Experiment experiment, Servers servers) throws Exception {
    var run = ExperimentRun.of(experiment, servers, options.seed());
    new ExperimentReport(terminal).print(run);
    write(StudyPages.of(run));
    return run.isAsClaimed();
  }

  private boolean compares(Comparison comparison, Servers servers) throws Exception {
    try (var trial = new Trial(servers, options.seed())) {
      var result = comparison.compare(trial);
      new ComparisonReport(terminal).print(comparison, result);
      write(StudyPages.of(comparison, result));
      return true;
    }
  }

  private void write(Map<String, String> contents) {
    contents.forEach((name, content) -> {
      var file = pages.resolve(name);
      try {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private void summarize(List<Study> studies, List<String> failed) {
    if (studies.size() > 1) {
      terminal.line("");
      if (failed.isEmpty()) {
        terminal.good("%d experiments, all as claimed".formatted(studies.size()));
      }
    }
    if (!failed.isEmpty()) {
      terminal.bad("Not as claimed: " + String.join(", ", failed));
    }
  }
}
