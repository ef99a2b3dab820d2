package dev.mall.verifier;

import dev.mall.cli.HelpText;
import dev.mall.cli.UsageException;
import dev.mall.verifier.accepted.AcceptedOrderCheck;
import dev.mall.verifier.tables.DatabaseAddresses;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * The command. Exit codes: 0 all is well, 1 a guarantee is broken, 2 not everything could be
 * judged.
 */
public final class VerifierMain {

  private static final int COULD_NOT_JUDGE = 2;

  private VerifierMain() {}

  public static void main(String... arguments) {
    System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
  }

  static int run(PrintStream out, String... arguments) {
    if (HelpText.isRequested(arguments)) {
      out.print(HelpText.of("verify"));
      return 0;
    }
    try {
      var line = VerifierOptions.parse(arguments);
      var databases = line.databases();
      var report = new Verifier(databases, line.settings()).verify();
      out.print(line.json() ? report.toJson() + System.lineSeparator() : report);
      return report.exitCode();
    } catch (UsageException e) {
      System.err.println(e.getMessage() + "; see ./mall verify --help");
    } catch (DatabaseAddresses.Unknown | AcceptedOrderCheck.Unreadable e) {
      System.err.println(e.getMessage());
    } catch (SQLException e) {
      System.err.println("The databases cannot be read: " + e.getMessage());
    } catch (IOException e) {
      System.err.println(e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return COULD_NOT_JUDGE;
  }
}
