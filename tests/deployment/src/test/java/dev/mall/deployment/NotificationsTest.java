package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A transaction that notifies holds a lock of the whole PostgreSQL server until its commit is
 * flushed, so that all such transactions of all databases commit one after another.
 */
class NotificationsTest {

  private static final Pattern NOTIFY = Pattern.compile("(?i)pg_notify|\"\\s*notify\\s");

  @Test
  void noBusinessTransactionNotifies() throws IOException {
    assertThat(productSources().filter(NotificationsTest::notifies))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("CommitNotifier.java");
  }

  private static boolean notifies(Path file) {
    try {
      return NOTIFY.matcher(Files.readString(file)).find();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static Stream<Path> productSources() throws IOException {
    try (var files = Files.walk(Yaml.ROOT)) {
      return List.copyOf(
          files
              .filter(file -> file.toString().contains("/src/main/"))
              .filter(file -> !file.startsWith(Yaml.ROOT.resolve("lab"))) // shows why
              .filter(file -> file.toString().matches(".*\\.(java|sql)"))
              .toList())
          .stream();
    }
  }
}
