package dev.mall.chaos.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Obeys the suite in this process, through files in a directory that both know.
 *
 * <p>{@code armed-POINT} asks the next thread that passes the point to stop there; it renames the
 * file to {@code held-POINT} and continues once that is deleted. {@code clock} holds by how many
 * milliseconds the wall clock is wrong.
 */
public final class FaultAgent {

  public static final String ARMED = "armed-";
  public static final String HELD = "held-";
  public static final String CLOCK = "clock";
  private static final long LOOK_EVERY_MILLIS = 20;

  private static volatile Set<String> armed = Set.of();
  private static volatile @Nullable Path directory;

  private FaultAgent() {}

  static void obey(Path fromNowOn) {
    directory = fromNowOn;
    var suite = ProcessHandle.current().parent();
    Thread.ofPlatform()
        .daemon()
        .name("chaos-control")
        .start(() -> {
          while (suite.isEmpty() || suite.get().isAlive()) {
            look(fromNowOn);
            pause();
          }
          Runtime.getRuntime().halt(1); // the suite has ended
        });
  }

  private static void look(Path from) {
    try (var files = Files.list(from)) {
      armed =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith(ARMED))
              .map(name -> name.substring(ARMED.length()))
              .collect(Collectors.toUnmodifiableSet());
      ShiftedClock.shift(Long.parseLong(Files.readString(from.resolve(CLOCK)).strip()));
    } catch (NoSuchFileException | NumberFormatException _) {
      // no clock was set, or it is being written
    } catch (IOException | UncheckedIOException _) {
      armed = Set.of();
    }
  }

  /**
   * Called by instrumented methods.
   *
   * @param subject what the method is about; with nothing in it, the point was not reached
   */
  public static void reached(String point, @Nullable Object subject) {
    var files = directory;
    if (files != null && armed.contains(point) && !isEmpty(subject)) {
      hold(files.resolve(ARMED + point), files.resolve(HELD + point));
    }
  }

  private static boolean isEmpty(@Nullable Object subject) {
    return switch (subject) {
      case Collection<?> some -> some.isEmpty();
      case Map<?, ?> some -> some.isEmpty();
      case OptionalLong some -> some.isEmpty();
      case null, default -> false;
    };
  }

  private static void hold(Path asked, Path held) {
    try {
      Files.move(asked, held, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException _) {
      return; // another thread was first
    }
    while (Files.exists(held)) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
