package dev.mall.chaos;

import dev.mall.chaos.fault.Faults;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Topology;
import dev.mall.chaos.shop.ShopClient;
import dev.mall.chaos.shop.Shoppers;
import dev.mall.chaos.shop.Workload;
import dev.mall.cli.Terminal;
import dev.mall.cli.UsageException;
import dev.mall.embedded.process.Directories;
import dev.mall.embedded.process.DirectoryLock;
import dev.mall.verifier.accepted.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The command. Exit codes: 0 every guarantee held, 1 one did not, 2 the suite could not be run. */
public final class ChaosMain {

  private static final Path DIRECTORY = Path.of(".mall", "chaos");
  private static final Path REPORT = Path.of("docs", "faults.md");

  private final Terminal terminal = Terminal.standard();
  private final ChaosOptions options;

  private ChaosMain(ChaosOptions options) {
    this.options = options;
  }

  public static void main(String... arguments) {
    int code = 2;
    var ended = new CountDownLatch(1);
    endOnSignal(Thread.currentThread(), ended);
    try (var lock = DirectoryLock.tryLock(DIRECTORY).orElse(null)) {
      if (lock == null) {
        System.err.println(
            "Another ./mall chaos runs here: " + DirectoryLock.lastHolder(DIRECTORY));
      } else {
        code = new ChaosMain(ChaosOptions.parse(arguments)).run() ? 0 : 1;
      }
    } catch (UsageException e) {
      System.err.println(e.getMessage() + "; see ./mall chaos --help");
    } catch (IOException | RuntimeException e) {
      System.err.println("The suite could not be run:");
      e.printStackTrace();
    } catch (InterruptedException _) {
      System.err.println("Stopped. Rounds judged so far are kept: continue with --resume");
    }
    ended.countDown();
    System.exit(code);
  }

  /** On Ctrl-C what is under way is given up, and everything that was started is ended. */
  private static void endOnSignal(Thread campaign, CountDownLatch ended) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              campaign.interrupt();
              try {
                if (!ended.await(30, TimeUnit.SECONDS)) {
                  System.err.println("Not everything that was started has ended");
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  private boolean run() throws IOException, InterruptedException {
    var topology = topology();
    FaultPlan.refuseIfEmpty(options, topology.names());
    var name = options.only().isPresent() ? "only" : options.profile().name();
    var file = DIRECTORY.resolve(name + ".jsonl");
    var log =
        options.resume()
            ? CampaignLog.goOn(file)
            : CampaignLog.begin(
                file, options.seed().orElseGet(() -> (long) new SecureRandom().nextInt(1_000_000)));
    var home = emptied(DIRECTORY.resolve(name).toAbsolutePath());
    terminal.line(
        "The %s profile, mode %s, seed %d. Data and logs are in %s."
            .formatted(options.profile().name(), options.mode(), log.seed(), home));
    Faults.leftOut(options.mode()).forEach(fault -> terminal.line("Left out: " + fault));
    try (var mall = Mall.open(home, topology)) {
      boolean well = campaign(log, mall, home.resolve("accepted.jsonl"));
      FaultReport.write(DIRECTORY.resolve(name + ".md"), options, log);
      return well;
    }
  }

  private Topology topology() {
    return options.setup().applyTo(Topology.usual(Path.of("").toAbsolutePath()));
  }

  private boolean campaign(CampaignLog log, Mall mall, Path journal)
      throws InterruptedException, IOException {
    var workload =
        new Workload(
            log.seed() + log.nextLeg(), options.mode(), options.setup() != MallSetup.UPGRADE);
    try (var accepted = Journal.open(journal);
        var shoppers =
            new Shoppers(
                new ShopClient(mall::uri, mall.credentials(), accepted),
                workload,
                accepted,
                options.profile().ordersPerSecond(options.mode()))) {
      if (options.only().isEmpty()) {
        mall.train();
      }
      mall.awaitOpen();
      terminal.progress("every service is ready");
      Workload.open(new ShopClient(mall::uri, mall.credentials(), accepted));
      shoppers.awaitServed(Duration.ofMinutes(1));
      shoppers.come();
      var campaign = new Campaign(options, log, mall, shoppers, journal, terminal);
      boolean well = campaign.run();
      if (well) {
        printSummary(log, campaign.isComplete());
      }
      return well;
    }
  }

  private void printSummary(CampaignLog log, boolean complete) throws IOException {
    terminal.line("");
    terminal.good(
        "%s %d faults struck while %d orders were accepted; none is lost, nothing was oversold, no cent is missing."
            .formatted(
                complete ? "All is well:" : "All is well so far:",
                log.struck().size(),
                log.orders()));
    if (options.profile().equals(Profile.LONG) && options.only().isEmpty()) {
      FaultReport.write(REPORT, options, log);
      terminal.line("The report is in %s.".formatted(REPORT));
    }
    if (!complete && options.only().isEmpty()) {
      terminal.line("To go on: %s --resume".formatted(options.command()));
    }
  }

  private static Path emptied(Path home) throws IOException {
    Directories.delete(home);
    return Files.createDirectories(home);
  }
}
