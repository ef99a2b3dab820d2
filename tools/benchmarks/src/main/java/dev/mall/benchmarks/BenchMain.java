package dev.mall.benchmarks;

import dev.mall.benchmarks.usage.Procfs;
import dev.mall.cli.HelpText;
import dev.mall.cli.ShutdownHook;
import dev.mall.cli.Terminal;
import dev.mall.cli.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The command.
 *
 * <p>Exit codes: 0 there is a result, 1 there is none, 2 the benchmark could not be run.
 */
public final class BenchMain {

  private static final int NOT_RUN = 2;

  private BenchMain() {}

  public static void main(String... arguments) {
    var terminal = Terminal.standard();
    if (HelpText.isRequested(arguments)) {
      terminal.line(HelpText.of("bench"));
      return;
    }
    var hook = new ShutdownHook();
    hook.atJvmEnd();
    System.exit(hook.whileDoing(() -> run(terminal, arguments)));
  }

  private static int run(Terminal terminal, String... arguments) throws InterruptedException {
    try {
      var options = BenchOptions.parse(arguments);
      if (!Procfs.isAvailable()) {
        throw new UsageException("the benchmark reads /proc, which this system does not have");
      }
      return new BenchRun(options, Path.of("").toAbsolutePath(), terminal).run() ? 0 : 1;
    } catch (UsageException e) {
      terminal.bad(e.getMessage() + "; see ./mall bench --help");
    } catch (IOException | SQLException | RuntimeException e) {
      terminal.bad("The benchmark could not be run:");
      e.printStackTrace();
    }
    return NOT_RUN;
  }
}
