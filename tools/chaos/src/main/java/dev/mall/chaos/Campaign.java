package dev.mall.chaos;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.shop.Shoppers;
import dev.mall.cli.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A leg: faults in the seed's order, judged some at a time, until there were enough. */
final class Campaign {

  private final ChaosOptions options;
  private final FaultPlan plan;
  private final CampaignLog log;
  private final Mall mall;
  private final Shoppers shoppers;
  private final Path journal;
  private final Terminal terminal;
  private final long start = System.nanoTime();

  Campaign(
      ChaosOptions options,
      CampaignLog log,
      Mall mall,
      Shoppers shoppers,
      Path journal,
      Terminal terminal) {
    this.options = options;
    this.plan = new FaultPlan(options, mall.names(), log.seed());
    this.log = log;
    this.mall = mall;
    this.shoppers = shoppers;
    this.journal = journal;
    this.terminal = terminal;
  }

  /** True if all was well. */
  boolean run() throws InterruptedException, IOException {
    int leg = log.nextLeg();
    while (!isDone()) {
      var logs = new ServiceLogs(mall);
      var round = new Round(mall, shoppers, journal, leg, start);
      strike(round, log.struck().size());
      var judgement = round.judge();
      log.add(judgement.judged());
      if (!judgement.failures().isEmpty()) {
        printFailures(judgement, logs);
        return false;
      }
      terminal.progress(
          "%s after %s: %d faults, %d orders, nothing lost"
              .formatted(
                  terminal.green("judged"),
                  FaultReport.seconds(judgement.took().toMillis()),
                  log.struck().size(),
                  log.orders()));
    }
    return true;
  }

  /** Whether there is nothing more to do, now or at all. */
  private boolean isDone() {
    var passed = Duration.ofNanos(System.nanoTime() - start);
    return isComplete() || options.time().filter(time -> passed.compareTo(time) > 0).isPresent();
  }

  boolean isComplete() {
    return plan.isDone(log.struck().size(), log.orders());
  }

  /**
   * A round's faults: those that are brief one after the other, those that last beside them, and
   * beside both the others.
   */
  private void strike(Round round, int from) throws InterruptedException {
    var lasting = new ArrayList<Turn>();
    var brief = new ArrayList<Turn>();
    var others = new ArrayList<Turn>();
    for (var fault : plan.next(from)) {
      (fault.lasts() ? lasting : fault.isBrief() ? brief : others).add(new Turn(fault, from++));
    }
    try (var beside = Executors.newFixedThreadPool(2)) {
      var struck =
          Stream.of(lasting, brief)
              .map(turns ->
                  beside.<Void>submit(() -> {
                    strike(round, turns);
                    return null;
                  }))
              .toList();
      try {
        strike(round, others);
        for (var each : struck) {
          each.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } finally {
        beside.shutdownNow();
      }
    }
  }

  private record Turn(Fault fault, int number) {}

  private void strike(Round round, List<Turn> turns) throws InterruptedException {
    for (var turn : turns) {
      if (round.hasFailed()) {
        return;
      }
      terminal.progress("%4d  %s".formatted(turn.number() + 1, turn.fault().name()));
      var random = new Random(log.seed() * 1_000_003 + turn.number());
      var recovery = round.strike(turn.fault(), random);
      terminal.progress("%4d  %s".formatted(turn.number() + 1, inWords(recovery)));
    }
  }

  private String inWords(Optional<Duration> recovery) {
    return recovery
        .map(took -> terminal.dim("recovered after " + FaultReport.seconds(took.toMillis())))
        .orElseGet(() -> terminal.red("did not recover"));
  }

  private void printFailures(Round.Judgement judgement, ServiceLogs logs) throws IOException {
    terminal.line("");
    terminal.bad("A guarantee is broken, or the system did not recover.");
    judgement.failures().forEach(terminal::line);
    terminal.title("Faults of this round");
    judgement.judged().struck().forEach(one -> terminal.line("  " + one.name()));
    terminal.title("Log lines of the services meanwhile (complete in %s)".formatted(mall.home()));
    logs.excerpt().forEach(line -> terminal.line("  " + line));
    terminal.title("To repeat it");
    terminal.line("  " + options.commandFor(log.seed()));
    if (options.setup() != MallSetup.USUAL) {
      return;
    }
    terminal.title("One of its faults alone");
    judgement.judged().struck().stream()
        .map(FaultResult::name)
        .distinct()
        .forEach(name -> terminal.line("  ./mall chaos --only '%s' --times 10".formatted(name)));
  }
}
