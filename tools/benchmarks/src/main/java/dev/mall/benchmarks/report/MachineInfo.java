package dev.mall.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine and the software of a run. */
public record MachineInfo(
    String processor, int processors, long memoryMegabytes, String system, String java) {

  public static MachineInfo current() {
    return new MachineInfo(
        value("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        kilobytes(value("/proc/meminfo", "MemTotal")) / 1024,
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()));
  }

  private static String value(String file, String name) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException _) {
      return "unknown";
    }
  }

  private static long kilobytes(String text) {
    var digits = text.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  String line() {
    return "%s, %d processors, %d MB of memory; %s; %s"
        .formatted(processor, processors, memoryMegabytes, system, java);
  }
}
