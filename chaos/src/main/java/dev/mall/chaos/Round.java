package dev.mall.chaos;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.fault.Poison;
import dev.mall.chaos.fault.Topic;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.shop.Shoppers;
import dev.mall.chaos.shop.Tally;
import dev.mall.contracts.Topics;
import dev.mall.verifier.Settings;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.books.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Some faults under load, and a judgement: what was broken meanwhile. */
final class Round {

  /** Time to settle: nothing may be under way any more when it has passed. */
  static final Duration SETTLE = Duration.ofSeconds(90);

  /** Of that, for what was replayed, and changes nothing: it is under way, too. */
  private static final Duration READ = Duration.ofSeconds(30);

  /** Beyond what a busy machine needs to start a service. */
  private static final Duration RECOVER = Duration.ofMinutes(5);

  private final Mall mall;
  private final Shoppers shoppers;
  private final Path journal;
  private final int leg;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> wrongs = new ArrayList<>();

  /**
   * @param recovery how long it took, or how long was waited in vain
   */
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
   * Two may strike at once. Returns when customers are served again: how long that took, or nothing
   * if they are not. Another replica of what was killed may still be starting.
   */
  Optional<Duration> strike(Fault fault, RandomGenerator random) throws InterruptedException {
    long end = System.nanoTime();
    boolean served = false;
    try {
      fault.strike(mall, random);
      end = System.nanoTime();
      shoppers.awaitServed(RECOVER, mall::restartEnded);
      served = true;
    } catch (RuntimeException failed) { // whatever it is, it did not come back
      failIfInterrupted();
      note("%s: %s".formatted(fault.name(), failed));
    }
    var recovery = Duration.ofNanos(System.nanoTime() - end);
    note(new Outcome(fault, shoppers.tally(), recovery));
    return served ? Optional.of(recovery) : Optional.empty();
  }

  private synchronized void note(String wrong) {
    wrongs.add(wrong);
  }

  private synchronized void note(Outcome outcome) {
    noteWrongs(outcome.tally());
    outcomes.add(outcome);
  }

  private void noteWrongs(Tally tally) {
    tally.wrongs().stream().distinct().limit(5).forEach(wrongs::add);
  }

  synchronized boolean hasFailed() {
    return !wrongs.isEmpty();
  }

  /**
   * Lets nobody in, waits until nothing is under way, and has the books judged. That they could not
   * be is wrong, too.
   */
  synchronized Judgement judge() throws InterruptedException {
    long start = System.nanoTime();
    long violations = 0;
    var ends = new HashMap<Long, String>();
    try {
      mall.awaitReady();
      mall.endedByThemselves().forEach(name -> wrongs.add(name + " ended, and nobody asked it to"));
      shoppers.closeDoors();
      try {
        violations = judgeBooks();
        ends.putAll(endsOfOrders());
      } finally {
        shoppers.openDoors();
      }
    } catch (RuntimeException | SQLException | IOException unjudged) {
      failIfInterrupted();
      wrongs.add("The books could not be judged: " + unjudged);
    }
    long found = violations > 0 ? violations : wrongs.size();
    var struck = outcomes.stream().map(outcome -> struck(outcome, ends, found)).toList();
    return new Judgement(struck, List.copyOf(wrongs), Duration.ofNanos(System.nanoTime() - start));
  }

  /** How many violations there are. */
  private long judgeBooks() throws InterruptedException, SQLException, IOException {
    long closed = System.nanoTime();
    countLateCustomers();
    Topic.isReadWithin(mall.kafkaServers(), READ); // or a commit of offsets was lost: judged anyway
    var settle = SETTLE.minusNanos(System.nanoTime() - closed);
    var settings = Settings.USUAL.waiting(settle).accepted(journal);
    var report = new Verifier(mall.databases(), settings).verify();
    if (!report.isSound()) {
      wrongs.add(report.toString());
    }
    lookForDeadLetters();
    return report.violations().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Who was still inside after the last fault belongs to it. */
  private void countLateCustomers() {
    var late = shoppers.tally();
    noteWrongs(late);
    if (!outcomes.isEmpty()) {
      var last = outcomes.removeLast();
      outcomes.add(new Outcome(last.fault(), last.tally().and(late), last.recovery()));
    }
  }

  /**
   * Nothing that could be handled may have been given up: neither what waits in a topic nor what
   * the desk took over before Kafka came back empty.
   */
  private void lookForDeadLetters() throws SQLException {
    for (var topic : Topics.ALL) {
      Topic.read(
          mall.kafkaServers(),
          Topics.deadLettersOf(topic),
          letter -> {
            if (!Poison.isIn(letter)) {
              wrongs.add(
                  "a good message of %s was put aside: %s".formatted(topic, headersOf(letter)));
            }
          });
    }
    try (var connection = mall.connect(Service.SAGA);
        var query =
            connection.prepareStatement("select topic, detail from dead_letter where key <> ?")) {
      query.setString(1, Poison.KEY);
      try (var letters = query.executeQuery()) {
        while (letters.next()) {
          wrongs.add(
              "a good message of %s waits at the desk: %s"
                  .formatted(letters.getString(1), letters.getString(2)));
        }
      }
    }
  }

  private static String headersOf(ConsumerRecord<byte[], byte[]> letter) {
    var headers = new StringBuilder();
    letter
        .headers()
        .forEach(header ->
            headers
                .append(header.key())
                .append('=')
                .append(new String(header.value(), StandardCharsets.UTF_8))
                .append(' '));
    return headers.toString();
  }

  private Struck struck(Outcome outcome, Map<Long, String> ends, long violations) {
    var accepted = outcome.tally().accepted();
    return new Struck(
        leg,
        outcome.fault().kind(),
        outcome.fault().name(),
        accepted.size(),
        count(accepted, ends, "CONFIRMED"),
        count(accepted, ends, "CANCELLED"),
        outcome.tally().resent(),
        outcome.tally().longestWait().toMillis(),
        outcome.recovery().toMillis(),
        violations);
  }

  private static int count(List<String> orders, Map<Long, String> ends, String status) {
    return (int) orders.stream().filter(id -> status.equals(ends.get(Long.valueOf(id)))).count();
  }

  /** How the orders of this round have ended, by their ids. */
  private Map<Long, String> endsOfOrders() throws SQLException {
    var ids =
        outcomes.stream()
            .flatMap(outcome -> outcome.tally().accepted().stream())
            .map(Long::valueOf)
            .toArray(Long[]::new);
    var ends = new HashMap<Long, String>();
    try (var connection = mall.connect(Service.ORDER);
        var query =
            connection.prepareStatement("select id, status from orders where id = any(?)")) {
      query.setArray(1, connection.createArrayOf("bigint", ids));
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          ends.put(rows.getLong(1), rows.getString(2));
        }
      }
    }
    return ends;
  }

  private static void failIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
