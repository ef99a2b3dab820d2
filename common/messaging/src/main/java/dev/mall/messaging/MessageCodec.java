package dev.mall.messaging;

import dev.mall.contracts.Command;
import dev.mall.contracts.Message;
import dev.mall.contracts.MessageTypes;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.Reply;
import dev.mall.contracts.Topics;
import dev.mall.messaging.DeadLetter.Cause;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Turns messages into headers and JSON, and back. Unknown fields are ignored. */
public final class MessageCodec {

  /**
   * What dead letters keep of the headers they came with. Each byte may become three, and all of it
   * with the body and why it died has to stay below what Kafka takes, 1 MiB.
   */
  private static final int MAX_DEAD_HEADER_BYTES = 40_000;

  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  private final JsonMapper json = JsonMapper.builder().build();
  private final String source;

  /**
   * @param source name of the service that speaks
   */
  public MessageCodec(String source) {
    this.source = source;
  }

  /** The message's JSON body alone. */
  public byte[] body(Message message) {
    return json.writeValueAsBytes(message);
  }

  /**
   * @throws JacksonException if {@code body} is no {@code type}
   */
  public <M extends Message> M message(Class<M> type, byte[] body) {
    return json.readValue(body, type);
  }

  /** The headers of a message as a JSON object. */
  String envelope(Outgoing outgoing, Instant createdAt) {
    var headers = new LinkedHashMap<String, String>();
    headers.put(Headers.ID, outgoing.id().toString());
    headers.put(Headers.TYPE, MessageTypes.nameOf(outgoing.message().getClass()));
    headers.put(Headers.VERSION, Integer.toString(MessageTypes.VERSION));
    orderIdOf(outgoing.message()).ifPresent(id -> headers.put(Headers.ORDER_ID, Long.toString(id)));
    if (outgoing.causationId() != null) {
      headers.put(Headers.CAUSATION_ID, outgoing.causationId().toString());
    }
    if (outgoing.traceparent() != null) {
      headers.put(Headers.TRACEPARENT, outgoing.traceparent());
    }
    headers.put(Headers.SOURCE, source);
    headers.put(Headers.CREATED_AT, createdAt.toString());
    return toJson(headers);
  }

  /**
   * The headers that {@code letter}'s message came with, as far as there is room, and why it is
   * dead.
   *
   * @param cut whether something else of it was too large to be kept
   */
  String deadEnvelope(
      ConsumerRecord<String, byte[]> letter,
      Cause cause,
      String detail,
      int attempts,
      boolean cut) {
    var headers = new LinkedHashMap<String, String>();
    int room = MAX_DEAD_HEADER_BYTES;
    for (Header header : letter.headers()) {
      var value = Objects.requireNonNullElse(header.value(), new byte[0]);
      int bytes = header.key().length() + value.length;
      if (bytes <= room) {
        room -= bytes;
        headers.put(header.key(), new String(value, StandardCharsets.UTF_8));
      } else {
        cut = true;
      }
    }
    if (cut) {
      headers.put(Headers.DEAD_CUT, "true");
    }
    headers.put(Headers.DEAD_CAUSE, cause.name());
    headers.put(Headers.DEAD_DETAIL, detail);
    headers.put(Headers.DEAD_BY, source);
    headers.put(Headers.DEAD_TOPIC, letter.topic());
    headers.put(Headers.DEAD_PARTITION, Integer.toString(letter.partition()));
    headers.put(Headers.DEAD_OFFSET, Long.toString(letter.offset()));
    headers.put(Headers.DEAD_ATTEMPTS, Integer.toString(attempts));
    return toJson(headers);
  }

  String toJson(Map<String, String> headers) {
    return json.writeValueAsString(headers);
  }

  Map<String, String> headers(String json) {
    return this.json.readValue(json, STRINGS);
  }

  /** What came of reading a record. */
  sealed interface Reading<M> {
    record Understood<M>(M value) implements Reading<M> {}

    /** A message that exists, but not for this consumer. */
    record NotForUs<M>() implements Reading<M> {}

    record Unreadable<M>(Cause cause, String detail) implements Reading<M> {}
  }

  /**
   * Reads a record as a message of one of {@code wanted} or their subtypes.
   *
   * @param bornAfter older messages are {@link Cause#EXPIRED}, unless they state what still holds
   */
  <M extends Message> Reading<Received<M>> read(
      ConsumerRecord<String, byte[]> record, Set<Class<? extends M>> wanted, Instant bornAfter) {
    var name = text(record.headers().lastHeader(Headers.TYPE));
    if (name == null) {
      return new Reading.Unreadable<>(Cause.UNREADABLE, "header " + Headers.TYPE + " is missing");
    }
    var type = MessageTypes.named(name);
    if (type.isEmpty()) {
      return new Reading.Unreadable<>(Cause.UNKNOWN_TYPE, "no message is named " + name);
    }
    var version = text(record.headers().lastHeader(Headers.VERSION));
    if (!Integer.toString(MessageTypes.VERSION).equals(version)) {
      return new Reading.Unreadable<>(
          Cause.UNKNOWN_VERSION, "%s of version %s".formatted(name, version));
    }
    Optional<Class<? extends M>> ours =
        wanted.stream()
            .filter(w -> w.isAssignableFrom(type.get()))
            .findFirst()
            .map(w -> type.get().asSubclass(w));
    if (ours.isEmpty()) {
      return new Reading.NotForUs<>();
    }
    try {
      var createdAt = Instant.parse(required(record, Headers.CREATED_AT));
      if (createdAt.isBefore(bornAfter) && !isState(ours.get())) {
        return new Reading.Unreadable<>(Cause.EXPIRED, "%s of %s".formatted(name, createdAt));
      }
      return new Reading.Understood<>(
          new Received<M>(
              UUID.fromString(required(record, Headers.ID)),
              json.readValue(record.value(), ours.get()),
              uuid(record, Headers.CAUSATION_ID),
              TraceContext.validOrNull(text(record.headers().lastHeader(Headers.TRACEPARENT))),
              createdAt));
    } catch (JacksonException | DateTimeException | IllegalArgumentException broken) {
      return new Reading.Unreadable<>(Cause.UNREADABLE, name + ": " + broken.getMessage());
    }
  }

  /**
   * What holds until it is replaced, has a version of its own and stays in a compacted topic: it
   * may be as old as it likes.
   */
  private static boolean isState(Class<? extends Message> type) {
    return type == ProductChanged.class;
  }

  /** Reads what the headers of a dead letter tell; a letter without them was not sent by a mall. */
  Reading<DeadLetter> readDeadLetter(ConsumerRecord<String, byte[]> record) {
    var cause = text(record.headers().lastHeader(Headers.DEAD_CAUSE));
    var topic = text(record.headers().lastHeader(Headers.DEAD_TOPIC));
    var detail = text(record.headers().lastHeader(Headers.DEAD_DETAIL));
    if (cause == null
        || topic == null
        || detail == null
        || !Topics.deadLettersOf(topic).equals(record.topic())) {
      return new Reading.NotForUs<>();
    }
    return new Reading.Understood<>(
        new DeadLetter(
            legible(record, Headers.ID, UUID::fromString),
            legible(record, Headers.CAUSATION_ID, UUID::fromString),
            legible(record, Headers.ORDER_ID, Long::valueOf),
            text(record.headers().lastHeader(Headers.TYPE)),
            topic,
            Objects.requireNonNullElse(
                legible(record, Headers.DEAD_CAUSE, Cause::valueOf), Cause.FAILED),
            detail,
            remains(record)));
  }

  private static DeadLetter.Remains remains(ConsumerRecord<String, byte[]> record) {
    var headers = new HashMap<String, String>();
    for (Header header : record.headers()) {
      headers.put(header.key(), Objects.requireNonNullElse(text(header), ""));
    }
    return new DeadLetter.Remains(
        Objects.requireNonNullElse(record.key(), ""),
        headers,
        Objects.requireNonNullElse(record.value(), new byte[0]));
  }

  /** Null if it is missing, and if it was unreadable before it died. */
  private static <T> @Nullable T legible(
      ConsumerRecord<String, byte[]> record, String name, Function<String, T> parser) {
    var value = text(record.headers().lastHeader(name));
    try {
      return value == null ? null : parser.apply(value);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static OptionalLong orderIdOf(Message message) {
    return switch (message) {
      case Command command -> OptionalLong.of(command.step().orderId());
      case Reply reply -> OptionalLong.of(reply.step().orderId());
      case OrderEvent event -> OptionalLong.of(event.orderId());
      case ProductChanged _ -> OptionalLong.empty();
    };
  }

  private static String required(ConsumerRecord<String, byte[]> record, String name) {
    var value = text(record.headers().lastHeader(name));
    if (value == null) {
      throw new IllegalArgumentException("header " + name + " is missing");
    }
    return value;
  }

  private static @Nullable UUID uuid(ConsumerRecord<String, byte[]> record, String name) {
    var value = text(record.headers().lastHeader(name));
    return value == null ? null : UUID.fromString(value);
  }

  private static @Nullable String text(@Nullable Header header) {
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
