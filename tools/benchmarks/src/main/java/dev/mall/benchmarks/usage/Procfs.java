package dev.mall.benchmarks.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code /proc}. */
public final class Procfs {

  private static final Path ROOT = Path.of("/proc");

  private Procfs() {}

  public static boolean isAvailable() {
    return Files.isReadable(ROOT.resolve("self/stat"));
  }

  /** CPU time of this process. */
  static Duration ownCpu() {
    return stat("self").orElseThrow().own();
  }

  static MachineStat machine() {
    return MachineStat.parse(read(ROOT.resolve("stat")).orElseThrow());
  }

  /** CPU time of a process, zero if it has ended. */
  static Duration cpu(long pid) {
    return stat(Long.toString(pid)).map(ProcessStat::own).orElse(Duration.ZERO);
  }

  /** CPU time of processes and their children, ended ones included. */
  static Duration cpuWithChildren(Set<Long> pids) {
    var parents =
        pids.stream()
            .flatMap(pid -> stat(Long.toString(pid)).stream())
            .map(ProcessStat::withEndedChildren)
            .reduce(Duration.ZERO, Duration::plus);
    return children(pids).stream().map(ProcessStat::own).reduce(parents, Duration::plus);
  }

  /**
   * CPU time of the living server processes of PostgreSQL by the database they are connected to.
   *
   * @param postmaster its process id
   */
  static Map<String, Duration> cpuByDatabase(long postmaster) {
    var byDatabase = new TreeMap<String, Duration>();
    for (var child : children(Set.of(postmaster))) {
      var title = read(ROOT.resolve(child.pid() + "/cmdline")).orElse("");
      databaseOf(title).ifPresent(name -> byDatabase.merge(name, child.own(), Duration::plus));
    }
    return byDatabase;
  }

  /** A connected process is titled {@code postgres: ROLE DATABASE ADDRESS(PORT) STATE}. */
  static Optional<String> databaseOf(String title) {
    var words = title.split(" ", -1);
    boolean connected = words.length > 3 && words[0].equals("postgres:") && words[3].contains("(");
    return connected ? Optional.of(words[2]) : Optional.empty();
  }

  /** Proportional resident memory of a process, and of its children if wanted, in bytes. */
  static long memory(long pid, boolean withChildren) {
    long bytes = memory(pid);
    if (withChildren) {
      bytes += children(Set.of(pid)).stream().mapToLong(child -> memory(child.pid())).sum();
    }
    return bytes;
  }

  private static long memory(long pid) {
    return read(ROOT.resolve(pid + "/smaps_rollup")).map(Procfs::proportionalBytes).orElse(0L);
  }

  /** Pages that several processes share count for each by its part. */
  static long proportionalBytes(String smaps) {
    return smaps
        .lines()
        .filter(line -> line.startsWith("Pss:"))
        .map(line -> line.substring("Pss:".length()).replace("kB", "").strip())
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
        .sum();
  }

  private static List<ProcessStat> children(Set<Long> pids) {
    var children = new ArrayList<ProcessStat>();
    try (var directories = Files.newDirectoryStream(ROOT, "[0-9]*")) {
      for (var directory : directories) {
        stat(directory.getFileName().toString())
            .filter(stat -> pids.contains(stat.parent()))
            .ifPresent(children::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return children;
  }

  private static Optional<ProcessStat> stat(String pid) {
    return read(ROOT.resolve(pid).resolve("stat")).map(ProcessStat::parse);
  }

  /** Empty if the process ended meanwhile. */
  private static Optional<String> read(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
