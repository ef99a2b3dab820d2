package dev.mall.benchmarks;

import dev.mall.benchmarks.load.Assortment;
import dev.mall.benchmarks.load.ClosedLoop;
import dev.mall.benchmarks.load.LoadRecorder;
import dev.mall.benchmarks.load.OpenLoop;
import dev.mall.benchmarks.load.OrderClient;
import dev.mall.benchmarks.mall.BenchmarkedMall;
import dev.mall.benchmarks.mall.Shop;
import dev.mall.benchmarks.report.WindowResult;
import dev.mall.benchmarks.report.WindowText;
import dev.mall.benchmarks.usage.UsageReader;
import dev.mall.cli.MallService;
import dev.mall.cli.Terminal;
import dev.mall.cli.UsageException;
import dev.mall.embedded.process.Directories;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.VerifierSettings;
import dev.mall.verifier.accepted.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The command. */
public final class BenchMain {

  private static final Path DIRECTORY = Path.of(".mall/bench");

  private final BenchOptions options;
  private final Terminal terminal = Terminal.standard();

  private BenchMain(BenchOptions options) {
    this.options = options;
  }

  public static void main(String... arguments) throws Exception {
    int code = 2;
    try {
      code = new BenchMain(BenchOptions.parse(arguments)).run() ? 0 : 1;
    } catch (UsageException e) {
      System.err.println(e.getMessage() + "; see ./mall bench --help");
    } catch (IOException | SQLException | RuntimeException e) {
      System.err.println("The benchmark could not be run:");
      e.printStackTrace();
    }
    System.exit(code);
  }

  private boolean run() throws IOException, SQLException, InterruptedException {
    var profile = options.profile();
    var home = DIRECTORY.resolve("mall").toAbsolutePath();
    Directories.delete(home);
    Files.createDirectories(home);
    var journalFile = home.resolve("accepted.jsonl");
    var assortment = new Assortment(profile.skus(), 2, profile.customers());
    try (var mall = BenchmarkedMall.start(Path.of("").toAbsolutePath(), home, terminal);
        var journal = Journal.open(journalFile);
        var client = new OrderClient(mall.uri(MallService.ORDER), assortment, journal)) {
      new Shop(mall, journal).open(assortment);
      terminal.progress("the shop is open");
      warmUp(client, profile);
      terminal.progress("warmed up with %d orders".formatted(profile.warmUp()));
      var usage = mall.usage();
      for (int rate : new int[] {5, 20, 50, 100}) {
        measure(usage, client, rate, profile);
      }
      idle(usage, profile);
      var report =
          new Verifier(
                  mall.databases(),
                  VerifierSettings.USUAL.waiting(Duration.ofMinutes(1)).accepted(journalFile))
              .verify();
      terminal.line(report.toString());
      return report.isSound();
    }
  }

  private static void warmUp(OrderClient client, BenchProfile profile) {
    var left = new AtomicLong(profile.warmUp());
    long now = System.nanoTime();
    new ClosedLoop(32).run(client, new LoadRecorder(now, now), () -> left.getAndDecrement() <= 0);
  }

  private void measure(UsageReader usage, OrderClient client, int rate, BenchProfile profile)
      throws SQLException, InterruptedException {
    long from = System.nanoTime() + profile.leadIn().toNanos();
    long until = from + profile.window().toNanos();
    var recorder = new LoadRecorder(from, until);
    var load =
        Thread.ofPlatform()
            .start(() -> {
              try {
                new OpenLoop(rate).run(client, recorder);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    sleepUntil(from);
    var start = usage.sample();
    sleepUntil(until);
    var end = usage.sample();
    load.join();
    var figures = recorder.figures();
    var result =
        new WindowResult(
            "paced-" + rate, "mall", 1, figures.answered(), figures, usage.between(start, end));
    terminal.title("%d orders/s".formatted(rate));
    WindowText.of(result).forEach(terminal::line);
  }

  private void idle(UsageReader usage, BenchProfile profile)
      throws SQLException, InterruptedException {
    Thread.sleep(profile.leadIn());
    var start = usage.sample();
    Thread.sleep(profile.window());
    var end = usage.sample();
    long now = System.nanoTime();
    terminal.title("idle");
    WindowText.of(
            new WindowResult(
                "idle",
                "mall",
                1,
                0,
                new LoadRecorder(now, now).figures(),
                usage.between(start, end)))
        .forEach(terminal::line);
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
  }
}
