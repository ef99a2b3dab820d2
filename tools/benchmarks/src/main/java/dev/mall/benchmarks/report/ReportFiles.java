package dev.mall.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a report into a directory: JSON, Markdown and its plot. */
public final class ReportFiles {

  static final String PLOT = "cpu-per-order.svg";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportFiles() {}

  public static void write(BenchReport report, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("result.json"), JSON.writeValueAsString(report));
    Files.writeString(directory.resolve("result.md"), MarkdownText.of(report));
    Files.writeString(directory.resolve(PLOT), DotPlot.of(report));
  }
}
