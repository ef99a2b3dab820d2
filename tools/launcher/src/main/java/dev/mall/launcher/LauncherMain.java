package dev.mall.launcher;

import dev.mall.cli.HelpText;
import dev.mall.cli.MallService;
import dev.mall.cli.Polling;
import dev.mall.cli.ShutdownHook;
import dev.mall.cli.Terminal;
import dev.mall.cli.UnexpectedReplyException;
import dev.mall.cli.UsageException;
import dev.mall.cli.access.Credentials;
import dev.mall.launcher.suite.StartFailedException;
import dev.mall.launcher.suite.Suite;
import dev.mall.launcher.suite.SuiteSettings;
import dev.mall.launcher.tour.Load;
import dev.mall.launcher.tour.ServiceAddresses;
import dev.mall.launcher.tour.Tour;
import dev.mall.verifier.accepted.Journal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the mall, makes the tour and stays until it is stopped.
 *
 * <p>Exit codes: 0 all is well, 1 something is not as it should be, 2 the command line was not
 * understood.
 */
public final class LauncherMain {

  private final LauncherOptions options;
  private final Terminal terminal;

  private LauncherMain(LauncherOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  public static void main(String... arguments) {
    var terminal = Terminal.standard();
    if (HelpText.isRequested(arguments)) {
      terminal.line(HelpText.of("demo"));
      return;
    }
    try {
      var options = LauncherOptions.parse(arguments);
      var visit = options.against().map(host -> new RemoteTour(options, host, terminal));
      var mall = new LauncherMain(options, terminal);
      var interruption = new ShutdownHook();
      interruption.atJvmEnd();
      System.exit(
          interruption.whileDoing(() -> visit.isPresent() ? mall.make(visit.get()) : mall.run()));
    } catch (UsageException e) {
      terminal.bad(e.getMessage() + "; see ./mall demo --help");
      System.exit(2);
    }
  }

  private int make(RemoteTour visit) throws InterruptedException {
    try {
      return visit.make();
    } catch (UnexpectedReplyException | Polling.TimedOutException e) {
      complain(e);
      return 1;
    } catch (IOException e) {
      terminal.bad(e.toString());
      return 1;
    }
  }

  private int run() throws InterruptedException {
    Logging.begin(DataDirectory.log(options));
    try (var home = DataDirectory.open(options)) {
      return run(home);
    } catch (DataDirectory.TakenException
        | StartFailedException
        | UnexpectedReplyException
        | Polling.TimedOutException e) {
      complain(e);
      terminal.line("  The log is " + DataDirectory.log(options));
      return 1;
    } catch (IOException e) {
      terminal.bad(e.toString());
      return 1;
    }
  }

  private void complain(RuntimeException failure) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    terminal.bad(String.valueOf(failure.getMessage()));
  }

  private int run(DataDirectory home) throws InterruptedException, IOException {
    try (var suite = start(home)) {
      suite.databases().write(home.databases());
      var logins = Logins.open(home.logins());
      logins.write(suite.entrance());
      var complaints =
          options.tour()
              ? tour(suite, home, logins.credentials(suite.entrance()))
              : List.<String>of();
      if (!options.once()) {
        logins.print(terminal, suite.entrance());
      }
      if (!options.once() || !options.tour()) {
        stay();
      }
      return complaints.isEmpty() ? 0 : 1;
    } finally {
      terminal.aside("Stopped.");
    }
  }

  private Suite start(DataDirectory home) throws InterruptedException, IOException {
    terminal.title("The mall starts");
    var started = Instant.now();
    int ports = options.once() ? 0 : options.portBase();
    var logins = Logins.open(home.logins());
    var plan =
        new SuiteSettings(
            home.data(), options.once(), ports, OperatorToken.value(), logins.gatewaySettings());
    var suite = Suite.start(plan, terminal);
    terminal.done("All of it", Duration.between(started, Instant.now()));
    return suite;
  }

  private List<String> tour(Suite suite, DataDirectory home, Credentials credentials)
      throws InterruptedException {
    try (var accepted = Journal.open(home.accepted())) {
      var addresses = addresses(suite, credentials);
      var tour = new Tour(addresses, accepted, options.mode(), terminal);
      var complaints = new ArrayList<>(tour.make());
      if (options.load() > 0) {
        complaints.addAll(
            new LoadRun(suite, load(addresses, accepted), terminal).make(options.load()));
      }
      complaints.addAll(DatabaseCheck.complaints(suite.databases(), home.accepted()));
      ResultPrinter.print(
          terminal, complaints, "stock, wallets and ledger agree to the piece and the cent");
      if (!options.once()) {
        tour.printNextSteps();
      }
      return complaints;
    }
  }

  private Load load(ServiceAddresses addresses, Journal accepted) {
    return new Load(addresses, accepted, options.mode(), options.rate(), terminal);
  }

  private void stay() throws InterruptedException {
    terminal.line("");
    terminal.line("The mall is open; Ctrl-C closes it. Log: " + DataDirectory.log(options));
    Thread.currentThread().join();
  }

  private static ServiceAddresses addresses(Suite suite, Credentials credentials) {
    return new ServiceAddresses(
        suite.address(MallService.ORDER),
        suite.address(MallService.INVENTORY),
        suite.address(MallService.PAYMENT),
        suite.address(MallService.NOTIFICATION),
        suite.address(MallService.SAGA),
        credentials);
  }
}
