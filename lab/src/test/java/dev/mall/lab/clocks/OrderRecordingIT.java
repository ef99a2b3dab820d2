package dev.mall.lab.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.fault.message.TopicClient;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.Topology;
import dev.mall.chaos.shop.RequestedOrder;
import dev.mall.chaos.shop.ShopClient;
import dev.mall.cli.HttpReply;
import dev.mall.cli.MallService;
import dev.mall.cli.Polling;
import dev.mall.contracts.OrderEvent.CheckoutEnded;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.wire.Topics;
import dev.mall.lab.clocks.RecordedOrders.RecordedMessage;
import dev.mall.verifier.accepted.Journal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records the messages of orders in a mall whose services' clocks are wrong: the experiments of
 * this chapter replay such a recording. The new one has to show the same as theirs.
 *
 * <p>With the system property {@value #OUTPUT} the recording is also written to that file.
 */
@Tag("long")
class OrderRecordingIT {

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final String OUTPUT = "mall.lab.recording";
  private static final Duration SETTLE = Duration.ofMinutes(5);
  private static final String SKU = "lamp";
  private static final String CUSTOMER = "ada";

  /** By which the services' clocks are ahead of the database's. */
  private static final Map<MallService, Long> SKEW_MILLIS =
      Map.of(
          MallService.ORDER, 400L,
          MallService.SAGA, -200L,
          MallService.INVENTORY, 100L,
          MallService.PAYMENT, -350L,
          MallService.NOTIFICATION, 250L);

  @Test
  void showsWhatTheCommittedRecordingShows(@TempDir Path home) throws Exception {
    var recording = record(home);
    var output = System.getProperty(OUTPUT);
    if (output != null) {
      Files.writeString(Path.of(output), json(recording));
    }
    var committed = RecordedOrders.load();

    assertThat(recording.skewMillis()).isEqualTo(committed.skewMillis());
    assertThat(protocol(recording, RecordedOrders.ALONE))
        .isEqualTo(protocol(committed, RecordedOrders.ALONE));
    assertThat(recording.messages()).hasSameSizeAs(committed.messages());
    assertThat(recording.messages())
        .as("stamps of clocks that are ahead of the database's, and of clocks behind it")
        .allSatisfy(
            message -> assertThat(aheadMillis(message)).isGreaterThanOrEqualTo(skew(message)))
        .anyMatch(message -> aheadMillis(message) < 0);
    assertThat(contradictions(recording)).isNotEmpty();
  }

  private static RecordedOrders record(Path home) throws Exception {
    try (var mall = Mall.open(home, Topology.unhurried(REPOSITORY));
        var journal = Journal.open(home.resolve("accepted.jsonl"))) {
      mall.awaitOpen();
      mall.awaitReady();
      var shop = new ShopClient(mall::uri, mall.credentials(), journal);
      shop.offer(SKU, 4_900, 100);
      shop.deposit(CUSTOMER, 1_000_000);
      SKEW_MILLIS.forEach((service, skew) -> shift(mall, service, skew));
      for (var mode : List.of(CheckoutMode.SAGA, CheckoutMode.CHOREOGRAPHY)) {
        confirm(shop, mode); // the JVMs have loaded their classes, and the clocks are wrong
      }
      var orders = new ArrayList<String>();
      orders.add(confirm(shop, CheckoutMode.SAGA));
      orders.addAll(confirmTogether(shop));
      return recorded(mall, orders);
    }
  }

  private static void shift(Mall mall, MallService service, long skewMillis) {
    mall.replica(service.title()).shiftClock(Duration.ofMillis(skewMillis));
  }

  private static String confirm(ShopClient shop, CheckoutMode mode) throws InterruptedException {
    var order = new RequestedOrder(CUSTOMER, Map.of(SKU, 1), mode);
    var key = UUID.randomUUID().toString();
    var accepted = new AtomicReference<HttpReply>();
    Polling.require(
        SETTLE,
        () -> {
          accepted.set(shop.place(order, key));
          return accepted.get().isSuccess();
        },
        () -> "not accepted: " + accepted.get());
    var id = accepted.get().text("id");
    Polling.require(
        SETTLE,
        () -> shop.order(id).text("status").equals("CONFIRMED"),
        () -> "not confirmed: " + shop.order(id));
    return id;
  }

  private static List<String> confirmTogether(ShopClient shop) throws Exception {
    var gate = new CyclicBarrier(2);
    Callable<String> placing =
        () -> {
          gate.await();
          return confirm(shop, CheckoutMode.CHOREOGRAPHY);
        };
    try (var customers = Executors.newFixedThreadPool(2)) {
      var ids = new ArrayList<String>();
      for (var placed : customers.invokeAll(List.of(placing, placing))) {
        ids.add(placed.get());
      }
      return ids;
    }
  }

  /** A message as it lies in its topic. */
  private record Raw(
      String topic,
      String id,
      @Nullable String causedBy,
      String order,
      String type,
      String from,
      Instant created,
      Instant stamped) {

    static Raw of(ConsumerRecord<byte[], byte[]> record) {
      return new Raw(
          record.topic(),
          header(record, "mall-id").orElseThrow(),
          header(record, "mall-causation-id").orElse(null),
          header(record, "mall-order-id").orElse(""),
          header(record, "mall-type").orElseThrow(),
          header(record, "mall-source").orElseThrow(),
          Instant.parse(header(record, "mall-created-at").orElseThrow()),
          Instant.ofEpochMilli(record.timestamp()));
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
      return Optional.ofNullable(record.headers().lastHeader(name))
          .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
  }

  private static RecordedOrders recorded(Mall mall, List<String> orders) {
    var found = new ArrayList<Raw>();
    for (var topic : Topics.ALL) {
      TopicClient.read(mall.kafkaServers(), topic, record -> found.add(Raw.of(record)));
    }
    var raw =
        found.stream()
            .filter(message -> orders.contains(message.order()))
            .sorted(Comparator.comparing(Raw::created))
            .toList();
    var ids = raw.stream().map(Raw::id).toList();
    assertThat(ids).as("messages that were sent once").doesNotHaveDuplicates();
    var messages =
        raw.stream()
            .map(message ->
                new RecordedMessage(
                    ids.indexOf(message.id()) + 1,
                    orders.indexOf(message.order()) + 1,
                    message.type(),
                    message.from(),
                    receiver(message, raw),
                    message.causedBy() == null ? null : ids.indexOf(message.causedBy()) + 1,
                    message.created(),
                    message.stamped()))
            .toList();
    var skews = new TreeMap<String, Long>();
    SKEW_MILLIS.forEach((service, skew) -> skews.put(service.title(), skew));
    return new RecordedOrders(skews, messages);
  }

  /** The service that sent an effect of it, or that handles its topic. */
  private static @Nullable String receiver(Raw message, List<Raw> all) {
    var reacting =
        all.stream()
            .filter(effect -> message.id().equals(effect.causedBy()))
            .map(Raw::from)
            .distinct()
            .toList();
    assertThat(reacting).as("services that react to %s", message).hasSizeLessThan(2);
    return reacting.isEmpty() ? handler(message) : reacting.getFirst();
  }

  /** Of a message that causes none. */
  private static @Nullable String handler(Raw message) {
    var group = Topics.HANDLED_BY.get(message.topic());
    if (group != null) {
      return group.substring(0, group.indexOf('.'));
    }
    if (message.topic().equals(Topics.SAGA_REPLIES)) {
      return MallService.SAGA.title();
    }
    return message.type().equals(CheckoutEnded.class.getSimpleName())
        ? MallService.NOTIFICATION.title()
        : null;
  }

  private static long aheadMillis(RecordedMessage message) {
    return message.stamped().toEpochMilli() - message.created().toEpochMilli();
  }

  private static long skew(RecordedMessage message) {
    return SKEW_MILLIS.entrySet().stream()
        .filter(skew -> skew.getKey().title().equals(message.from()))
        .mapToLong(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** Effects with earlier stamps than their causes. */
  private static List<RecordedMessage> contradictions(RecordedOrders recording) {
    var messages = recording.messages();
    return messages.stream()
        .filter(effect -> effect.causedBy() != null)
        .filter(effect -> effect.stamped().isBefore(messages.get(effect.causedBy() - 1).stamped()))
        .toList();
  }

  private static List<String> protocol(RecordedOrders recording, List<Integer> orders) {
    return recording.of(orders).messages().stream()
        .map(message -> "%s: %s to %s".formatted(message.from(), message.type(), message.to()))
        .toList();
  }

  private static String json(RecordedOrders recording) {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .build()
        .writeValueAsString(recording);
  }
}
