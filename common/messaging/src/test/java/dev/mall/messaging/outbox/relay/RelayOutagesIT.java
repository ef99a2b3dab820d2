package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.Records;
import dev.mall.messaging.Servers;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.outbox.Outbox.Row;
import dev.mall.messaging.outbox.relay.OutboxQuarantine.Quarantined;
import dev.mall.messaging.outbox.relay.OutboxStore.ScanRange;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** The relay with topics that are gone, rows that are too much, and a broker that is silent. */
class RelayOutagesIT {

  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final long LIMIT = DataSize.ofMegabytes(8).toBytes();

  private static Servers servers;
  private static BrokerTopics topics;

  private Replica replica;

  @BeforeAll
  static void startServers() {
    servers = new Servers();
    topics = new BrokerTopics(servers.kafka.bootstrapServers());
  }

  @AfterAll
  static void stopServers() {
    topics.close();
    servers.close();
  }

  @BeforeEach
  void open() {
    replica =
        new Replica(
            servers, servers.newDatabase(), Duration.ofMillis(100), LEASE, asInProduction());
  }

  @AfterEach
  void close() {
    replica.close();
  }

  private static Map<String, Object> asInProduction() {
    var config = servers.producerConfig();
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    return config;
  }

  @Test
  void sendsWhatHasATopicWhileAnotherTopicWasDeleted() throws Exception {
    topics.create("lost.topic");
    replica.start();
    append(rows("lost.topic", "warm-up-lost", 1), rows("there.one", "warm-up-there", 1));
    await().until(() -> waiting().isEmpty());
    topics.delete("lost.topic");

    append(rows("lost.topic", "lost", 50), rows("there.one", "there", 50));

    await().atMost(SOON).until(() -> topicsWaiting().equals(Set.of("lost.topic")));
    assertThat(waiting()).hasSize(50);
    keepsItsLeaseWhile(() -> append(rows("there.one", "more", 50)));
    await().atMost(SOON).until(() -> waiting().size() == 50);
    assertThat(replica.relay.heldTopics()).containsExactly("lost.topic");

    topics.restore("lost.topic");
    await().atMost(Duration.ofSeconds(30)).until(() -> waiting().isEmpty());
  }

  @Test
  void sendsWhatHasATopicWhenTheRelayStartsWithoutAnother() throws Exception {
    topics.create("never.there");
    topics.delete("never.there");
    append(rows("never.there", "never", 1500), rows("there.two", "there", 50));

    replica.start();

    await().atMost(SOON).until(() -> topicsWaiting().equals(Set.of("never.there")));
  }

  /** G8: the first deliveries of a key keep their order, whatever their topics. */
  @Test
  void holdsAKeysLaterRowBehindItsEarlierOneOfAMissingTopic() throws Exception {
    topics.create("missing.one");
    topics.delete("missing.one");
    append(
        List.of(row("missing.one", "chain", "1"), row("there.three", "chain", "2")),
        rows("there.three", "free", 1));
    replica.start();

    await().atMost(SOON).until(() -> waiting().size() == 2);
    append(List.of(row("there.three", "chain", "3")), rows("there.three", "freer", 1));
    await().atMost(SOON).until(() -> waiting().size() == 3);
    assertThat(waiting()).allMatch(waiting -> waiting.row().key().equals("chain"));

    topics.restore("missing.one");
    await().atMost(Duration.ofSeconds(30)).until(() -> waiting().isEmpty());
    var later = servers.read("there.three", seen -> ofKey(seen, "chain").size() == 2);
    assertThat(ofKey(later, "chain")).containsExactly("2", "3");
  }

  @Test
  void sendsNoFurtherWaveOnceItsLeaseIsLost() throws Exception {
    append(rows("there.seven", "warm-up", 1));
    replica.drainAll(); // so that the producer is connected and knows the topic
    append(
        List.of(
            row("there.seven", "wave", "1"),
            row("there.seven", "wave", "2"),
            row("there.seven", "wave", "3")));
    var holds = List.of(true, false).iterator();

    assertThat(replica.drain.run(holds::next)).isEqualTo(1);

    assertThat(waiting()).hasSize(2);
  }

  @Test
  void readsNoMoreThanItsLimitOfBytes() throws Exception {
    var body = new byte[900_000];
    new Random(1).nextBytes(body);
    replica
        .jdbc
        .sql(
            """
            insert into outbox (topic, key, headers, payload)
            select 'there.four', n::text, '{}', :body from generate_series(1, 300) as n
            """)
        .param("body", body)
        .update();

    var scanned = replica.store.scan(new ScanRange(0, 1000, LIMIT, Set.of()));

    assertThat(scanned.stream().mapToLong(Waiting::bytes).sum()).isBetween(LIMIT, LIMIT + 900_010);
    assertThat(replica.buffersOfAScan(0)).as("bodies are not read").isLessThan(60);
    assertThat(replica.drain()).isLessThanOrEqualTo(scanned.size());
  }

  @Test
  void quarantinesARowThatIsTooLargeForItsTopicAndSendsTheNextOfItsKey() throws Exception {
    topics.create(Topics.PAYMENT_COMMANDS, Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "2000"));
    var large = new byte[200_000];
    new Random(2).nextBytes(large);
    var headers = "{\"mall-id\":\"0af76519-16cd-43dd-8448-eb211c80319c\",\"mall-order-id\":\"7\"}";
    append(
        List.of(
            new Row(Topics.PAYMENT_COMMANDS, "7", headers, large),
            row(Topics.PAYMENT_COMMANDS, "7", "next")));
    replica.start();

    var sent = servers.read(Topics.PAYMENT_COMMANDS, seen -> !seen.isEmpty());

    assertThat(ofKey(sent, "7")).containsExactly("next");
    await().until(() -> waiting().isEmpty());
    assertThat(replica.quarantine.list(10))
        .singleElement()
        .satisfies(row -> assertThat(row.reason()).contains("RecordTooLarge"))
        .returns(200_000, Quarantined::bytes);
    var letter =
        servers
            .read(Topics.deadLettersOf(Topics.PAYMENT_COMMANDS), seen -> !seen.isEmpty())
            .getFirst();
    assertThat(Records.header(letter, Headers.DEAD_CAUSE)).isEqualTo("FAILED");
    assertThat(Records.header(letter, Headers.DEAD_DETAIL)).contains("quarantined", "TooLarge");
    assertThat(Records.header(letter, Headers.DEAD_CUT)).isEqualTo("true");
    assertThat(Records.header(letter, Headers.ORDER_ID)).isEqualTo("7");
  }

  @Test
  void quarantinesRowsThatMakeNoSenseAndReleasesOrDiscardsThem() throws Exception {
    append(
        List.of(
            row("no topic!", "a", "1"),
            row("there.five", "a", "2"),
            new Row("there.five", "b", "no json", new byte[0]),
            row("there.five", "b", "3")));
    replica.start();

    await().atMost(SOON).until(() -> waiting().isEmpty());

    var sent = servers.read("there.five", seen -> seen.size() == 2);
    assertThat(sent).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("a", "b");
    var rows = replica.quarantine.list(10);
    assertThat(rows).extracting(Quarantined::topic).containsExactly("no topic!", "there.five");
    replica.jdbc.sql("update outbox_quarantine set headers = '{}' where key = 'b'").update();

    assertThat(replica.quarantine.release(rows.getLast().number())).isTrue();
    assertThat(replica.quarantine.discard(rows.getFirst().number())).isTrue();

    servers.read("there.five", seen -> seen.size() == 3);
    assertThat(replica.quarantine.count()).isZero();
    assertThat(replica.quarantine.release(rows.getLast().number())).isFalse();
    assertThat(replica.quarantine.discard(rows.getFirst().number())).isFalse();
  }

  /** As after a clock was set back: the producer's own timeouts do not pass. */
  @Test
  void goesOnWithANewProducerWhileTheOldOneWaits() throws Exception {
    replica.close();
    var patient = asInProduction();
    patient.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 600_000);
    patient.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 600_000);
    replica = new Replica(servers, servers.newDatabase(), Duration.ofMillis(100), LEASE, patient);
    topics.create("stuck.topic");
    topics.delete("stuck.topic");
    append(rows("stuck.topic", "stuck", 1));
    replica.start();
    await()
        .until(() ->
            relayThread().getState() == Thread.State.TIMED_WAITING
                && isIn(relayThread(), "waitOnMetadata"));
    append(rows("there.six", "there", 1));

    replica.relay.restart();

    await().atMost(SOON).until(() -> topicsWaiting().equals(Set.of("stuck.topic")));
  }

  private static Thread relayThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("outbox-relay"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isIn(Thread thread, String method) {
    return List.of(thread.getStackTrace()).stream()
        .anyMatch(frame -> frame.getMethodName().equals(method));
  }

  private void keepsItsLeaseWhile(Runnable action) {
    var until = System.nanoTime() + LEASE.multipliedBy(2).toNanos();
    action.run();
    while (System.nanoTime() < until) {
      assertThat(replica.leases.take("outbox-relay", "another", LEASE)).isFalse();
    }
  }

  private void append(List<Row> rows, List<Row> more) {
    append(Stream.concat(rows.stream(), more.stream()).toList());
  }

  private void append(List<Row> rows) {
    replica.transaction.executeWithoutResult(_ -> replica.outbox.appendRows(rows));
  }

  private static List<Row> rows(String topic, String key, int count) {
    return IntStream.range(0, count).mapToObj(i -> row(topic, key + "-" + i, "x")).toList();
  }

  private static Row row(String topic, String key, String body) {
    return new Row(topic, key, "{}", body.getBytes(StandardCharsets.UTF_8));
  }

  private List<Waiting> waiting() {
    return replica.store.scan(new ScanRange(0, 5000, 80_000_000, Set.of()));
  }

  private Set<String> topicsWaiting() {
    return Set.copyOf(waiting().stream().map(waiting -> waiting.row().topic()).toList());
  }

  private static List<String> ofKey(List<ConsumerRecord<String, byte[]>> records, String key) {
    return records.stream()
        .filter(record -> record.key().equals(key))
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }
}
