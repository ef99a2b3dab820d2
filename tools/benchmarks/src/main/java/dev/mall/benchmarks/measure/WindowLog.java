package dev.mall.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The windows of a run, a line of JSON each, so that an interrupted run can be resumed. The first
 * line names the settings, which have to be the same then.
 */
public final class WindowLog {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final List<WindowResult> windows;

  private WindowLog(Path file, List<WindowResult> windows) {
    this.file = file;
    this.windows = windows;
  }

  /** A window that is to be measured. */
  public record Window(String system, int round) {}

  private record Settings(String settings) {}

  /** Begins a run, and forgets the last one. */
  public static WindowLog begin(Path file, String settings) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, JSON.writeValueAsString(new Settings(settings)) + "\n");
      return new WindowLog(file, new ArrayList<>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Resumes the last run without its void windows, or begins one if there is none.
   *
   * @throws IllegalStateException if its settings were others
   */
  public static WindowLog resume(Path file, String settings) {
    if (!Files.exists(file)) {
      return begin(file, settings);
    }
    try {
      var lines = Files.readAllLines(file);
      var before = JSON.readValue(lines.getFirst(), Settings.class).settings();
      if (!before.equals(settings)) {
        throw new IllegalStateException(
            "the run to resume was made with %s, not with %s".formatted(before, settings));
      }
      var log = begin(file, settings);
      lines.stream()
          .skip(1)
          .flatMap(line -> window(line).stream())
          .filter(window -> !window.verdict().isVoid())
          .forEach(log::add);
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty for the last line of a run that was killed while it wrote. */
  private static List<WindowResult> window(String line) {
    try {
      return List.of(JSON.readValue(line, WindowResult.class));
    } catch (JacksonException _) {
      return List.of();
    }
  }

  void add(WindowResult window) {
    try {
      Files.writeString(file, JSON.writeValueAsString(window) + "\n", StandardOpenOption.APPEND);
      windows.add(window);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The windows of a workload that were not measured yet, round by round. */
  List<Window> missing(WorkloadDefinition workload, int rounds) {
    var missing = new ArrayList<Window>();
    for (int round = 1; round <= rounds; round++) {
      for (var system : workload.systems()) {
        var window = new Window(system, round);
        if (windows.stream().noneMatch(each -> isOf(each, workload, window))) {
          missing.add(window);
        }
      }
    }
    return missing;
  }

  private static boolean isOf(WindowResult result, WorkloadDefinition workload, Window window) {
    return result.isOf(workload.name(), window.system()) && result.round() == window.round();
  }

  public List<WindowResult> windows() {
    return List.copyOf(windows);
  }
}
