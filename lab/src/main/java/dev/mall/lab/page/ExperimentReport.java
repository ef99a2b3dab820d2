package dev.mall.lab.page;

import dev.mall.cli.Terminal;
import dev.mall.lab.study.ExperimentRun;
import dev.mall.lab.study.ExperimentRun.HalfRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** An experiment's run as lines: claim, both halves with their diagrams, and the verdict. */
public final class ExperimentReport {

  private final Terminal terminal;

  public ExperimentReport(Terminal terminal) {
    this.terminal = terminal;
  }

  public void print(ExperimentRun run) {
    var experiment = run.experiment();
    terminal.title("%s: %s".formatted(experiment.name(), experiment.title()));
    terminal.line("Claim: " + experiment.claim());
    half("Naive: " + experiment.naive(), run.naive());
    half("Remedy, on the same schedule: " + experiment.remedy(), run.remedy());
    verdict(run);
  }

  private void half(String title, HalfRun half) {
    terminal.line("");
    terminal.line(title);
    terminal.line("");
    for (var line : SpaceTimeText.of(half.history(), half.violations())) {
      terminal.line("  " + (line.violating() ? terminal.red(line.text()) : line.text()));
    }
    var legend = SpaceTimeText.legend(half.history(), half.violations());
    if (!legend.isEmpty()) {
      terminal.aside("  " + legend);
    }
    half.violations().forEach(violation -> terminal.bad(violation.cited()));
    if (half.violations().isEmpty()) {
      terminal.good("no violation of the claim");
    }
  }

  private void verdict(ExperimentRun run) {
    terminal.line("");
    if (run.isAsClaimed()) {
      terminal.line(
          "Verdict: "
              + terminal.green("the naive version fails as claimed, and the remedy holds."));
    } else {
      terminal.line("Verdict: " + terminal.red("not as claimed."));
      run.contradictions().forEach(terminal::bad);
    }
  }

  /** The same without colour. */
  static String text(ExperimentRun run) {
    var bytes = new ByteArrayOutputStream();
    new ExperimentReport(new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false))
        .print(run);
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }
}
