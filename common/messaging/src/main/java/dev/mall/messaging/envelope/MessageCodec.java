package dev.mall.messaging.envelope;

import dev.mall.contracts.Command;
import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.Reply;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.MessageVersions.History;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns messages into headers and JSON, and back. Unknown fields are ignored; a constant, a type or
 * a version that this release does not know makes that one message unreadable.
 */
public final class MessageCodec {

  /**
   * The limit of the original headers that dead letters keep. Each byte may become three, and all
   * of it with the body and why it died has to stay below what Kafka takes, 1 MiB.
   */
  private static final int MAX_DEAD_HEADER_BYTES = 40_000;

  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  private final JsonMapper json = JsonMapper.builder().build();
  private final String source;
  private final MessageVersions versions;

  /**
   * @param source name of the service that sends
   */
  public MessageCodec(String source) {
    this(source, MessageVersions.CURRENT);
  }

  MessageCodec(String source, MessageVersions versions) {
    this.source = source;
    this.versions = versions;
  }

  /** The message in the version that this release writes. */
  public EncodedMessage encode(Message message) {
    var history = versions.of(message.getClass());
    return new EncodedMessage(
        MessageTypes.nameOf(message.getClass()), history.written(), body(message, history));
  }

  private byte[] body(Message message, History history) {
    if (history.written() == history.newest()) {
      return json.writeValueAsBytes(message);
    }
    ObjectNode body = json.valueToTree(message);
    history.downgrade(body);
    return json.writeValueAsBytes(body);
  }

  /** The JSON body alone, in the version that this release writes. */
  public byte[] body(Message message) {
    return encode(message).body();
  }

  /** Whether this release reads this version of {@code type}. */
  public boolean reads(Class<? extends Message> type, int version) {
    return versions.of(type).reads(version);
  }

  /** The versions of {@code type} that this release reads, oldest first. */
  public List<Integer> versionsRead(Class<? extends Message> type) {
    var history = versions.of(type);
    return IntStream.rangeClosed(history.oldest(), history.newest()).boxed().toList();
  }

  /**
   * Reads a body, whichever of the versions it has that this release reads.
   *
   * @throws IllegalArgumentException if {@code body} is no {@code type} of that version
   */
  public <M extends Message> M decode(Class<M> type, int version, byte[] body) {
    var history = versions.of(type);
    if (!history.reads(version)) {
      throw new IllegalArgumentException(unknownVersion(MessageTypes.nameOf(type), version));
    }
    try {
      var message =
          version == history.newest()
              ? json.readValue(body, type)
              : json.treeToValue(upgraded(body, version, history), type);
      if (message == null) {
        throw new IllegalArgumentException("the body is null");
      }
      return message;
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(broken.getOriginalMessage(), broken);
    }
  }

  private ObjectNode upgraded(byte[] body, int version, History history) {
    if (!(json.readTree(body) instanceof ObjectNode object)) {
      throw new IllegalArgumentException("the body is no object");
    }
    try {
      history.upgrade(object, version);
      return object;
    } catch (RuntimeException odd) { // whatever its fields are, it is this message's fault
      throw new IllegalArgumentException("no body of version %d".formatted(version), odd);
    }
  }

  private static String unknownVersion(String type, @Nullable Object version) {
    return "%s of version %s".formatted(type, version);
  }

  /** The headers of a message as a JSON object, but for when it was created. */
  public String envelope(OutboundMessage outgoing) {
    var orderId = orderIdOf(outgoing.message());
    return envelope(
        outgoing.id(),
        encode(outgoing.message()),
        orderId.isPresent() ? Long.toString(orderId.getAsLong()) : null,
        outgoing.causationId(),
        outgoing.traceparent());
  }

  /** The same for a reply that is sent once more in the form in which it was stored. */
  public String envelope(RepeatedReply resent) {
    return envelope(
        UUID.randomUUID(),
        resent.reply(),
        resent.key(),
        resent.cause().id(),
        resent.cause().traceparent());
  }

  private String envelope(
      UUID id,
      EncodedMessage message,
      @Nullable String orderId,
      @Nullable UUID causationId,
      @Nullable String traceparent) {
    var headers = new LinkedHashMap<String, String>();
    headers.put(Headers.ID, id.toString());
    headers.put(Headers.TYPE, message.type());
    headers.put(Headers.VERSION, Integer.toString(message.version()));
    if (orderId != null) {
      headers.put(Headers.ORDER_ID, orderId);
    }
    if (causationId != null) {
      headers.put(Headers.CAUSATION_ID, causationId.toString());
    }
    if (traceparent != null) {
      headers.put(Headers.TRACEPARENT, traceparent);
    }
    headers.put(Headers.SOURCE, source);
    return toJson(headers);
  }

  /**
   * The headers that {@code letter}'s message came with, as far as there is room, and why it is
   * dead.
   *
   * @param cut whether something else of it was too large to be kept
   */
  public String deadEnvelope(
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

  public String toJson(Map<String, String> headers) {
    return json.writeValueAsString(headers);
  }

  public Map<String, String> headers(String json) {
    return this.json.readValue(json, STRINGS);
  }

  /** Reads a message that was kept as it came, however old; empty if it cannot be read. */
  public Optional<InboundMessage<Message>> read(RawMessage raw) {
    Reading<InboundMessage<Message>> reading =
        read(raw.record(), Set.of(Message.class), Instant.MIN);
    return understood(reading);
  }

  /** The same for a dead letter. */
  public Optional<DeadLetter> readDeadLetter(RawMessage raw) {
    return understood(readDeadLetter(raw.record()));
  }

  private static <M> Optional<M> understood(Reading<M> reading) {
    return reading instanceof Reading.Understood<M>(var value)
        ? Optional.of(value)
        : Optional.empty();
  }

  /** The result of reading a record. */
  public sealed interface Reading<M> {
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
  public <M extends Message> Reading<InboundMessage<M>> read(
      ConsumerRecord<String, byte[]> record, Set<Class<? extends M>> wanted, Instant bornAfter) {
    var name = text(record.headers().lastHeader(Headers.TYPE));
    if (name == null) {
      return new Reading.Unreadable<>(Cause.UNREADABLE, "header " + Headers.TYPE + " is missing");
    }
    var type = MessageTypes.named(name);
    if (type.isEmpty()) {
      return new Reading.Unreadable<>(Cause.UNKNOWN_TYPE, "no message is named " + name);
    }
    Optional<Class<? extends M>> ours =
        wanted.stream()
            .filter(w -> w.isAssignableFrom(type.get()))
            .findFirst()
            .map(w -> type.get().asSubclass(w));
    return ours.isEmpty() ? new Reading.NotForUs<>() : read(record, ours.get(), bornAfter);
  }

  private <M extends Message> Reading<InboundMessage<M>> read(
      ConsumerRecord<String, byte[]> record, Class<? extends M> type, Instant bornAfter) {
    var name = MessageTypes.nameOf(type);
    var version = versionOf(record);
    if (version.isEmpty() || !reads(type, version.getAsInt())) {
      return new Reading.Unreadable<>(
          Cause.UNKNOWN_VERSION,
          unknownVersion(name, text(record.headers().lastHeader(Headers.VERSION))));
    }
    try {
      var createdAt = Instant.parse(required(record, Headers.CREATED_AT));
      if (createdAt.isBefore(bornAfter) && !isState(type)) {
        return new Reading.Unreadable<>(Cause.EXPIRED, "%s of %s".formatted(name, createdAt));
      }
      return new Reading.Understood<>(
          new InboundMessage<M>(
              UUID.fromString(required(record, Headers.ID)),
              decode(type, version.getAsInt(), record.value()),
              uuid(record, Headers.CAUSATION_ID),
              TraceContext.validOrNull(text(record.headers().lastHeader(Headers.TRACEPARENT))),
              createdAt,
              record));
    } catch (DateTimeException | IllegalArgumentException broken) {
      return new Reading.Unreadable<>(Cause.UNREADABLE, name + ": " + broken.getMessage());
    }
  }

  /** Empty for what is no version at all. */
  private static OptionalInt versionOf(ConsumerRecord<String, byte[]> record) {
    var text = text(record.headers().lastHeader(Headers.VERSION));
    return text != null && VERSION.matcher(text).matches()
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /**
   * Messages of a compacted topic hold until they are replaced and have a version of their own:
   * they may have any age.
   */
  private static boolean isState(Class<? extends Message> type) {
    return type == ProductChanged.class;
  }

  /** Reads the headers of a dead letter; a letter without them was not sent by a mall. */
  public Reading<DeadLetter> readDeadLetter(ConsumerRecord<String, byte[]> record) {
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
            original(record)));
  }

  private static DeadLetter.Original original(ConsumerRecord<String, byte[]> record) {
    var headers = new HashMap<String, String>();
    for (Header header : record.headers()) {
      headers.put(header.key(), Objects.requireNonNullElse(text(header), ""));
    }
    return new DeadLetter.Original(
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
