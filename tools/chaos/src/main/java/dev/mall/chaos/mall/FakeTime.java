package dev.mall.chaos.mall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of a server's processes, which read it through libfaketime. Intervals are measured
 * by the monotonic clock, which stays right.
 *
 * @param offset the file that holds by how much the clock is wrong
 */
public record FakeTime(Path library, Path offset) {

  private static final Path LIBRARIES = Path.of("/usr/lib");

  /** The library, where Debian's package {@code libfaketime} puts it. */
  public static Optional<Path> findLibrary() {
    try (var architectures = Files.newDirectoryStream(LIBRARIES)) {
      for (var directory : architectures) {
        var library = directory.resolve("faketime").resolve("libfaketime.so.1");
        if (Files.isReadable(library)) {
          return Optional.of(library);
        }
      }
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // another operating system
    }
  }

  /** A right clock. */
  static FakeTime keptIn(Path offset, Path library) {
    var time = new FakeTime(library, offset);
    time.shift(Duration.ZERO);
    return time;
  }

  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DISABLE_SHM", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1");
  }

  /** Sets the clock wrong by as much, within a second; zero sets it right. */
  public void shift(Duration by) {
    var fresh = offset.resolveSibling(offset.getFileName() + ".new");
    try {
      Files.writeString(fresh, "%+d%n".formatted(by.toSeconds()));
      Files.move(fresh, offset, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
