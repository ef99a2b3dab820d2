package dev.mall.messaging.envelope;

import dev.mall.contracts.Message;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.MessageVersions.History;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    } catch (RuntimeException malformed) { // attributed to this message alone
      throw new IllegalArgumentException("no body of version %d".formatted(version), malformed);
    }
  }

  private static String unknownVersion(String type, @Nullable Object version) {
    return "%s of version %s".formatted(type, version);
  }

  /** The headers of a message as a JSON object, but for when it was created. */
  public String envelope(OutboundMessage outgoing) {
    var orderId = outgoing.orderId();
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
   * The envelope of a dead letter: those headers of its message that fit, and the cause.
   *
   * @param cut whether another part of it was too large to be kept
   */
  public String deadEnvelope(
      ConsumerRecord<String, byte[]> letter,
      Cause cause,
      String detail,
      int attempts,
      boolean cut) {
    var headers = DeadLetterHeaders.of(letter, cause, detail, attempts, cut);
    headers.put(Headers.DEAD_BY, source);
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
    var name = MessageTracing.header(record, Headers.TYPE);
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
          unknownVersion(name, MessageTracing.header(record, Headers.VERSION)));
    }
    try {
      var createdAt = Instant.parse(Headers.required(record, Headers.CREATED_AT));
      if (createdAt.isBefore(bornAfter) && !isState(type)) {
        return new Reading.Unreadable<>(Cause.EXPIRED, "%s of %s".formatted(name, createdAt));
      }
      return new Reading.Understood<>(
          new InboundMessage<M>(
              UUID.fromString(Headers.required(record, Headers.ID)),
              decode(type, version.getAsInt(), record.value()),
              Headers.uuid(record, Headers.CAUSATION_ID),
              TraceContext.validOrNull(MessageTracing.header(record, Headers.TRACEPARENT)),
              createdAt,
              record));
    } catch (DateTimeException | IllegalArgumentException broken) {
      return new Reading.Unreadable<>(Cause.UNREADABLE, name + ": " + broken.getMessage());
    }
  }

  /** Empty for what is no version at all. */
  private static OptionalInt versionOf(ConsumerRecord<String, byte[]> record) {
    var text = MessageTracing.header(record, Headers.VERSION);
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

  /** Reads the headers of a dead letter; a record without them was not sent by this system. */
  public Reading<DeadLetter> readDeadLetter(ConsumerRecord<String, byte[]> record) {
    return DeadLetterHeaders.read(record);
  }
}
