package dev.mall.saga;

import dev.mall.contracts.Command;
import dev.mall.contracts.Message;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.saga.checkout.Participants;
import dev.mall.testing.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The other services, behind a real Kafka: they answer every command, unless set to ignore it. */
final class SimulatedServices {

  /** A command as it arrived. */
  record Received(UUID id, Command command) {}

  private final MessageCodec codec = new MessageCodec("services");
  private final KafkaProducer<String, byte[]> producer;
  private final List<Thread> listeners;
  private final Participants services;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<StepKey> ignored = ConcurrentHashMap.newKeySet();
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private volatile boolean open = true;
  private volatile Predicate<Received> losing = _ -> false;

  SimulatedServices(Participants services) {
    this.services = services;
    var servers =
        Map.<String, Object>of("bootstrap.servers", Infrastructure.kafka().bootstrapServers());
    producer = new KafkaProducer<>(servers, new StringSerializer(), new ByteArraySerializer());
    listeners =
        Topics.HANDLED_BY.keySet().stream()
            .map(topic -> Thread.ofPlatform().name(topic).start(() -> listen(servers, topic)))
            .toList();
  }

  /** Loses the replies to these commands, after they took effect. */
  void lose(Predicate<Received> which) {
    losing = which;
  }

  /** Does not even handle a command. */
  void ignore(long order, String step) {
    ignored.add(new StepKey(order, step, 1));
  }

  void answerAgain(long order, String step) {
    ignored.remove(new StepKey(order, step, 1));
  }

  List<Received> received(long order, Class<? extends Command> type) {
    return received.stream()
        .filter(h -> h.command().step().orderId() == order && type.isInstance(h.command()))
        .toList();
  }

  List<Received> received() {
    return received;
  }

  /** Handles a command that was ignored before. */
  void answer(Received late) {
    send(services.handle(late.command()), UUID.randomUUID(), late.id());
  }

  void send(Message message) {
    send(
        message, UUID.nameUUIDFromBytes(message.toString().getBytes(StandardCharsets.UTF_8)), null);
  }

  private void send(Message message, UUID id, UUID causation) {
    var headers = new HashMap<String, String>();
    headers.put(Headers.ID, id.toString());
    headers.put(Headers.TYPE, MessageTypes.nameOf(message.getClass()));
    headers.put(Headers.VERSION, "1");
    headers.put(Headers.ORDER_ID, message.key());
    headers.put(Headers.CREATED_AT, Instant.now().toString());
    if (causation != null) {
      headers.put(Headers.CAUSATION_ID, causation.toString());
    }
    send(Topics.of(message), message, headers);
  }

  /** Gives up on a command. */
  void deadLetter(Received poison) {
    var topic = Topics.of(poison.command());
    var headers = new HashMap<String, String>();
    headers.put(Headers.ID, poison.id().toString());
    headers.put(Headers.TYPE, MessageTypes.nameOf(poison.command().getClass()));
    headers.put(Headers.VERSION, "1");
    headers.put(Headers.ORDER_ID, poison.command().key());
    headers.put(Headers.CREATED_AT, Instant.now().toString());
    headers.put(Headers.DEAD_CAUSE, "FAILED");
    headers.put(Headers.DEAD_DETAIL, "it is poison");
    headers.put(Headers.DEAD_TOPIC, topic);
    headers.put(Headers.DEAD_BY, "services");
    send(Topics.deadLettersOf(topic), poison.command(), headers);
  }

  private void send(String topic, Message message, Map<String, String> headers) {
    var record = new ProducerRecord<>(topic, message.key(), codec.body(message));
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(record);
    producer.flush();
  }

  /** Stops reading a topic, as if its service were down. */
  void stopReading(String topic) {
    stopped.add(topic);
    Awaitility.await().until(() -> gone.contains(topic)); // a poll that has begun still reads
  }

  void resumeReading(String topic) {
    stopped.remove(topic);
  }

  void resumeAll() {
    stopped.clear();
  }

  private void listen(Map<String, Object> servers, String topic) {
    var settings = new HashMap<>(servers);
    settings.put("group.id", Topics.HANDLED_BY.get(topic));
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (open) {
        if (stopped.contains(topic)) {
          consumer.pause(consumer.assignment());
          gone.add(topic);
        } else {
          consumer.resume(consumer.paused());
          gone.remove(topic);
        }
        consumer.poll(Duration.ofMillis(50)).forEach(this::receive);
        consumer.commitSync();
      }
    }
  }

  private synchronized void receive(ConsumerRecord<String, byte[]> record) {
    var type = MessageTypes.named(header(record, Headers.TYPE)).orElseThrow();
    var command = codec.decode(type.asSubclass(Command.class), 1, record.value());
    var arrived = new Received(UUID.fromString(header(record, Headers.ID)), command);
    received.add(arrived);
    if (ignored.contains(command.step())) {
      return;
    }
    Reply reply = services.handle(command);
    if (!losing.test(arrived)) {
      send(reply, UUID.randomUUID(), arrived.id());
    }
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  void leave() throws InterruptedException {
    open = false;
    for (var listener : listeners) {
      listener.join();
    }
    producer.close();
  }
}
