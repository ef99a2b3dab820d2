package dev.mall.verifier;

import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Kind;
import dev.mall.verifier.tables.Summary;
import java.util.List;
import java.util.stream.Collectors;

/** A report as people read it. */
final class TextReport {

  private static final String NEXT = System.lineSeparator();

  private final StringBuilder text = new StringBuilder();

  private TextReport() {}

  static String of(Report report) {
    var text = new TextReport();
    report.violations().forEach((kind, count) -> text.violations(report, kind, count));
    text.excused(report);
    text.summary(report);
    text.verdict(report);
    return text.text.toString();
  }

  private void violations(Report report, Kind kind, long count) {
    line("✗ %s %s: %d. %s".formatted(kind.guarantee(), kind, count, sentence(kind.meaning())));
    var shown = report.found().stream().filter(found -> found.kind() == kind).toList();
    shown.forEach(this::finding);
    if (count > shown.size()) {
      line("    and %d more".formatted(count - shown.size()));
    }
    line("");
  }

  private void finding(Finding found) {
    var says = found.says().equals(found.kind().meaning()) ? "" : ": " + found.says();
    line("    " + found.subject() + says);
    found.rows().forEach((name, row) -> line("      %-15s %s".formatted(name, row)));
  }

  private void excused(Report report) {
    report
        .settledByHand()
        .forEach((order, act) -> line("• order %d was settled by hand: %s".formatted(order, act)));
    report
        .excused()
        .forEach(found ->
            line(
                "• not held against the mall: order %s, %s, %s"
                    .formatted(found.subject(), found.kind(), found.says())));
  }

  private void summary(Report report) {
    var summary = report.summary();
    line("orders  " + plain(summary.orders()));
    line("sagas   " + plain(summary.sagas()));
    line("units   " + plain(summary.units()));
    line("money   " + money(summary.money()));
    line("inbox   " + plain(summary.notified()));
    line("letters " + plain(summary.deadLetters()));
    line(
        "judged  %d orders across five databases%s in %.1f s"
            .formatted(
                report.judged(),
                report.accepted() > 0 ? ", %d of the journal".formatted(report.accepted()) : "",
                report.took().toMillis() / 1000.0));
  }

  private void verdict(Report report) {
    report.underWay().forEach(what -> line("… " + what));
    long letters = report.summary().waitingLetters();
    if (letters > 0) {
      line(
          "• dead letters that an operator should redrive or discard: %,d, GET /dead-letters?status=WAITING"
              .formatted(letters));
    }
    line(
        switch (report.exitCode()) {
          case 0 -> "✓ No order, item or cent is missing.";
          case 1 ->
              "✗ %d violations."
                  .formatted(report.violations().values().stream().mapToLong(n -> n).sum());
          default -> "? Not everything could be judged: orders are still under way.";
        });
  }

  private static String plain(List<Summary.Line> lines) {
    return lines.isEmpty()
        ? "none"
        : lines.stream()
            .map(each -> "%s %,d".formatted(each.what(), each.count()))
            .collect(Collectors.joining(", "));
  }

  private static String money(List<Summary.Line> lines) {
    return lines.isEmpty()
        ? "none"
        : lines.stream()
            .map(each -> "%s %,d".formatted(each.what(), each.count()))
            .collect(Collectors.joining(", ", "", " (in minor units)"));
  }

  private static String sentence(String meaning) {
    return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
  }

  private void line(String line) {
    text.append(line).append(NEXT);
  }
}
