package dev.mall.launcher;

import dev.mall.verifier.Report;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.VerifierSettings;
import dev.mall.verifier.tables.DatabaseAddresses;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Has the verifier look into the databases for data that the public interface does not show. */
final class DatabaseCheck {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);

  private DatabaseCheck() {}

  /**
   * @param accepted the journal of what was accepted
   * @return what does not add up
   */
  static List<String> complaints(DatabaseAddresses databases, Path accepted)
      throws InterruptedException {
    try {
      var settings = VerifierSettings.USUAL.waiting(ENDS_WITHIN).accepted(accepted);
      return complaints(new Verifier(databases, settings).verify());
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("cannot read the books", e);
    }
  }

  private static List<String> complaints(Report report) {
    var violations =
        report.found().stream()
            .map(found -> "%s: %s: %s".formatted(found.kind(), found.subject(), found.says()));
    var underWay = report.underWay().stream().map("still under way: "::concat);
    return Stream.concat(violations, underWay).toList();
  }
}
