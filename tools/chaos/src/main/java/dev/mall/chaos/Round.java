package dev.mall.chaos;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.fault.message.PoisonMessage;
import dev.mall.chaos.fault.message.TopicClient;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.shop.RequestStats;
import dev.mall.chaos.shop.Shoppers;
import dev.mall.chaos.shop.Workload;
import dev.mall.cli.MallService;
import dev.mall.contracts.wire.Topics;
import dev.mall.verifier.Verifier;
import dev.mall.verifier.VerifierSettings;
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
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Some faults under load, and a judgement of all guarantees afterwards. */
final class Round {

  /** Time to settle, after which no order may be in flight. */
  static final Duration SETTLE = Duration.ofSeconds(90);

  /** Of that, for what was replayed, and changes nothing: it is under way, too. */
  private static final Duration READ = Duration.ofSeconds(30);

  /** An order that was returned was confirmed before. */
  private static final Set<String> CONFIRMED = Set.of("CONFIRMED", "RETURNED");

  private static final Set<String> CANCELLED = Set.of("CANCELLED");

  private final Mall mall;
  private final Shoppers shoppers;
  private final Path journal;
  private final int leg;
  private final long legBegan;
  private RequestStats stats = RequestStats.NOTHING;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * By {@link System#nanoTime}.
   *
   * @param over when what it broke was given back
   * @param served when a new order was confirmed, or was no longer waited for
   */
  private record Outcome(Fault fault, long began, long over, long served) {

    Duration recovery() {
      return Duration.ofNanos(served - over);
    }
  }

  /**
   * Result of the judgement.
   *
   * @param failures what is wrong, in words; none if all is well
   */
  record Judgement(RoundResult judged, List<String> failures, Duration took) {}

  /**
   * @param legBegan by {@link System#nanoTime}
   */
  Round(Mall mall, Shoppers shoppers, Path journal, int leg, long legBegan) {
    this.mall = mall;
    this.shoppers = shoppers;
    this.journal = journal;
    this.leg = leg;
    this.legBegan = legBegan;
  }

  /**
   * Two may strike at once. Returns when customers are served again: how long that took, or nothing
   * if they are not in the time that the fault may take. Another replica of what was killed may
   * still be starting.
   */
  Optional<Duration> strike(Fault fault, RandomGenerator random) throws InterruptedException {
    long began = System.nanoTime();
    long over = began;
    boolean served = false;
    try {
      fault.strike(mall, random);
      over = System.nanoTime();
      shoppers.awaitServed(fault.recoversWithin(), mall::restartEnded);
      served = true;
    } catch (RuntimeException failed) { // it did not recover
      failIfInterrupted();
      note("%s: %s".formatted(fault.name(), failed));
    }
    var outcome = new Outcome(fault, began, over, System.nanoTime());
    note(outcome);
    return served ? Optional.of(outcome.recovery()) : Optional.empty();
  }

  private synchronized void note(String failure) {
    failures.add(failure);
  }

  private synchronized void note(Outcome outcome) {
    outcomes.add(outcome);
    countCustomers();
  }

  private void countCustomers() {
    var since = shoppers.stats();
    stats = stats.and(since);
    since.failures().stream().distinct().limit(5).forEach(failures::add);
  }

  synchronized boolean hasFailed() {
    return !failures.isEmpty();
  }

  /**
   * Stops new orders, waits until nothing is under way, and runs the verifier. A failure to do so
   * is a failure of the round.
   */
  synchronized Judgement judge() throws InterruptedException {
    long start = System.nanoTime();
    long violations = 0;
    var ends = new HashMap<Long, String>();
    try {
      mall.awaitReady();
      mall.endedByThemselves().forEach(name -> failures.add(name + " ended unasked"));
      shoppers.drain();
      try {
        violations = judgeBooks();
        ends.putAll(endsOfOrders());
      } finally {
        shoppers.reopen();
      }
    } catch (RuntimeException | SQLException | IOException unjudged) {
      failIfInterrupted();
      failures.add("The books could not be judged: " + unjudged);
    }
    long found = violations > 0 ? violations : failures.size();
    return new Judgement(
        judged(ends, found), List.copyOf(failures), Duration.ofNanos(System.nanoTime() - start));
  }

  /** How many violations there are. */
  private long judgeBooks() throws InterruptedException, SQLException, IOException {
    long closed = System.nanoTime();
    countCustomers();
    TopicClient.isReadWithin(
        mall.kafkaServers(), READ); // or a commit of offsets was lost: verified nevertheless
    var settle = SETTLE.minusNanos(System.nanoTime() - closed);
    var settings = VerifierSettings.USUAL.waiting(settle).accepted(journal);
    var report = new Verifier(mall.databases(), settings).verify();
    if (!report.isSound()) {
      failures.add(report.toString());
    }
    try (var orders = mall.connect(MallService.ORDER)) {
      failures.addAll(Workload.cancelledWithoutCause(orders));
    }
    lookForDeadLetters();
    return report.violations().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Nothing that could be handled may have been given up: neither what waits in a topic nor what
   * the desk took over before Kafka came back empty.
   */
  private void lookForDeadLetters() throws SQLException {
    for (var topic : Topics.ALL) {
      TopicClient.read(
          mall.kafkaServers(),
          Topics.deadLettersOf(topic),
          letter -> {
            if (!PoisonMessage.isIn(letter)) {
              failures.add(
                  "a good message of %s was put aside: %s".formatted(topic, headersOf(letter)));
            }
          });
    }
    try (var connection = mall.connect(MallService.SAGA);
        var query =
            connection.prepareStatement(
                "select topic, detail from dead_letter where key not like ? || '%'")) {
      query.setString(1, PoisonMessage.KEY);
      try (var letters = query.executeQuery()) {
        while (letters.next()) {
          failures.add(
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

  private RoundResult judged(Map<Long, String> ends, long violations) {
    return new RoundResult(
        leg,
        stats.accepted().size(),
        count(stats, ends, CONFIRMED),
        count(stats, ends, CANCELLED),
        stats.resent().size(),
        stats.longestWait().toMillis(),
        violations,
        outcomes.stream().map(outcome -> struck(outcome, ends)).toList());
  }

  private FaultResult struck(Outcome outcome, Map<Long, String> ends) {
    var met = stats.within(outcome.began(), outcome.served());
    return new FaultResult(
        outcome.fault().kind(),
        outcome.fault().name(),
        millis(outcome.began()),
        millis(outcome.served()),
        met.accepted().size(),
        count(met, ends, CONFIRMED),
        count(met, ends, CANCELLED),
        met.resent().size(),
        met.longestWait().toMillis(),
        outcome.recovery().toMillis());
  }

  private long millis(long nanoTime) {
    return Duration.ofNanos(nanoTime - legBegan).toMillis();
  }

  private static int count(RequestStats met, Map<Long, String> ends, Set<String> wanted) {
    return (int)
        met.accepted().stream()
            .map(order -> ends.getOrDefault(Long.valueOf(order.id()), ""))
            .filter(wanted::contains)
            .count();
  }

  /** How the orders of this round have ended, by their ids. */
  private Map<Long, String> endsOfOrders() throws SQLException {
    var ids = stats.accepted().stream().map(order -> Long.valueOf(order.id())).toArray(Long[]::new);
    var ends = new HashMap<Long, String>();
    try (var connection = mall.connect(MallService.ORDER);
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
