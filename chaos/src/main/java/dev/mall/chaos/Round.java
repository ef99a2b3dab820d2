package dev.mall.chaos;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.fault.Poison;
import dev.mall.chaos.fault.Topic;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.shop.Shoppers;
import dev.mall.chaos.shop.Tally;
import dev.mall.contracts.Topics;
import dev.mall.verifier.Report;
import dev.mall.verifier.Settings;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.books.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Some faults under load, and a judgement: what was broken meanwhile. */
final class Round {

  /** Time to settle: nothing may be under way any more when it has passed. */
  static final Duration SETTLE = Duration.ofSeconds(90);

  /** Beyond what a busy machine needs to start a service. */
  private static final Duration RECOVER = Duration.ofMinutes(5);

  private final Mall mall;
  private final Shoppers shoppers;
  private final Path journal;
  private final int leg;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> wrongs = new ArrayList<>();

  private record Outcome(Fault fault, Tally tally, Duration recovery) {}

  /**
   * What the judgement says.
   *
   * @param struck the faults of the round
   * @param wrongs what is wrong, in words; none if all is well
   */
  record Judgement(List<Struck> struck, List<String> wrongs, Duration took) {}

  Round(Mall mall, Shoppers shoppers, Path journal, int leg) {
    this.mall = mall;
    this.shoppers = shoppers;
    this.journal = journal;
    this.leg = leg;
  }

  /**
   * Two may strike at once. Returns when customers are served again: how long that took. Another
   * replica of what was killed may still be starting.
   */
  Duration strike(Fault fault, RandomGenerator random) throws InterruptedException {
    var recovery = Duration.ZERO;
    try {
      fault.strike(mall, random);
      long end = System.nanoTime();
      shoppers.awaitServed(RECOVER, mall::restartEnded);
      recovery = Duration.ofNanos(System.nanoTime() - end);
    } catch (RuntimeException failed) { // whatever it is, it did not come back
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      note("%s: %s".formatted(fault.name(), failed));
    }
    note(new Outcome(fault, shoppers.tally(), recovery));
    return recovery;
  }

  private synchronized void note(String wrong) {
    wrongs.add(wrong);
  }

  private synchronized void note(Outcome outcome) {
    outcome.tally().wrongs().stream().distinct().limit(5).forEach(wrongs::add);
    outcomes.add(outcome);
  }

  synchronized boolean hasFailed() {
    return !wrongs.isEmpty();
  }

  /** Lets nobody in, waits until nothing is under way, and has the books judged. */
  synchronized Judgement judge() throws InterruptedException, SQLException, IOException {
    long start = System.nanoTime();
    mall.awaitReady();
    shoppers.closeDoors();
    try {
      var report =
          new Verifier(mall.databases(), Settings.USUAL.waiting(SETTLE).accepted(journal)).verify();
      if (!report.isSound()) {
        wrongs.add(report.toString());
      }
      lookForDeadLetters();
      return new Judgement(struck(report), wrongs, Duration.ofNanos(System.nanoTime() - start));
    } finally {
      shoppers.openDoors();
    }
  }

  /** Nothing that could be handled may have been given up. */
  private void lookForDeadLetters() {
    for (var topic : Topics.ALL) {
      Topic.read(
          mall.kafkaServers(),
          Topics.deadLettersOf(topic),
          letter -> {
            if (!Poison.isIn(letter)) {
              var headers = new StringBuilder();
              letter
                  .headers()
                  .forEach(header ->
                      headers
                          .append(header.key())
                          .append('=')
                          .append(new String(header.value(), StandardCharsets.UTF_8))
                          .append(' '));
              wrongs.add("a good message of %s was put aside: %s".formatted(topic, headers));
            }
          });
    }
  }

  private List<Struck> struck(Report report) throws SQLException {
    long violations =
        report.violations().values().stream().mapToLong(Long::longValue).sum()
            + (report.violations().isEmpty() && !wrongs.isEmpty() ? wrongs.size() : 0);
    var struck = new ArrayList<Struck>();
    for (var outcome : outcomes) {
      int confirmed = count(outcome.tally().accepted(), "CONFIRMED");
      int cancelled = count(outcome.tally().accepted(), "CANCELLED");
      struck.add(
          new Struck(
              leg,
              outcome.fault().kind(),
              outcome.fault().name(),
              outcome.tally().accepted().size(),
              confirmed,
              cancelled,
              outcome.tally().resent(),
              outcome.tally().longestWait().toMillis(),
              outcome.recovery().toMillis(),
              violations));
    }
    return struck;
  }

  private int count(List<String> orders, String status) throws SQLException {
    var ids = orders.stream().map(Long::valueOf).toArray(Long[]::new);
    try (var connection = mall.connect(Service.ORDER);
        var query =
            connection.prepareStatement(
                "select count(*) from orders where id = any(?) and status = ?")) {
      query.setArray(1, connection.createArrayOf("bigint", ids));
      query.setString(2, status);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
