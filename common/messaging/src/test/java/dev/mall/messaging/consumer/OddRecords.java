package dev.mall.messaging.consumer;

import dev.mall.messaging.Records;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.envelope.SampleMessages;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Draws records of good messages, and of messages with one header or one body field mutated. */
final class OddRecords {

  private static final List<String> HEADERS =
      List.of(
          Headers.ID,
          Headers.TYPE,
          Headers.VERSION,
          Headers.ORDER_ID,
          Headers.CAUSATION_ID,
          Headers.TRACEPARENT,
          Headers.SOURCE,
          Headers.CREATED_AT,
          Headers.REDRIVES,
          Headers.DEAD_CAUSE);

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final JsonMapper json = JsonMapper.builder().build();
  private final MessageCodec codec = new MessageCodec("test");
  private final Random random;
  private long offset;

  OddRecords(long seed) {
    random = new Random(seed);
  }

  /**
   * @param mutation none for a good message
   */
  record Drawn(ConsumerRecord<String, byte[]> record, String mutation) {
    @Override
    public String toString() {
      return "offset %d, %s".formatted(record.offset(), mutation);
    }
  }

  Drawn good() {
    var message = SampleMessages.ALL.get(random.nextInt(SampleMessages.ALL.size()));
    var record =
        new ConsumerRecord<>("mall.order.events", 0, offset++, message.key(), codec.body(message));
    var outgoing = new OutboundMessage(UUID.randomUUID(), message, UUID.randomUUID(), TRACE);
    Records.envelope(codec, outgoing, Instant.now())
        .forEach((name, value) -> record.headers().add(name, bytes(value)));
    return new Drawn(record, message.getClass().getSimpleName());
  }

  Drawn mutated() {
    var drawn = good();
    var mutation =
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3, 4 -> mutateHeader(drawn.record());
          case 5, 6, 7, 8 -> null;
          default -> "body bytes";
        };
    if (mutation != null && !mutation.startsWith("body")) {
      return new Drawn(drawn.record(), drawn.mutation() + ": " + mutation);
    }
    var body = mutation == null ? mutateField(drawn.record().value()) : mutateBytes(drawn);
    var record =
        new ConsumerRecord<>(
            drawn.record().topic(), 0, drawn.record().offset(), oddKey(drawn), body.bytes());
    drawn.record().headers().forEach(record.headers()::add);
    return new Drawn(record, drawn.mutation() + ": " + body.mutation());
  }

  private record Body(byte @Nullable [] bytes, String mutation) {}

  private @Nullable String oddKey(Drawn drawn) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> "";
      case 2 -> "\0";
      case 3 -> "\uD83D\uDE00".repeat(700);
      default -> drawn.record().key();
    };
  }

  private String mutateHeader(ConsumerRecord<String, byte[]> record) {
    var name = HEADERS.get(random.nextInt(HEADERS.size()));
    var before = record.headers().lastHeader(name);
    if (random.nextInt(10) > 0) {
      record.headers().remove(name);
    }
    if (random.nextInt(10) == 0) {
      return name + " removed";
    }
    var value = oddHeader(before == null ? new byte[0] : before.value());
    record.headers().add(name, value);
    return name + " = " + (value == null ? "null" : shown(value));
  }

  private byte @Nullable [] oddHeader(byte[] before) {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> new byte[0];
      case 2 -> bytes("x".repeat(random.nextInt(1, 100_000)));
      case 3 -> randomBytes();
      case 4 -> new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xed, (byte) 0xa0, (byte) 0x80};
      case 5 -> bytes(Long.toString(random.nextLong()));
      case 6 -> bytes("-1");
      case 7 -> bytes("OrderTeleported");
      case 8 -> bytes("+1000000000-12-31T23:59:59.999999999Z");
      case 9 -> bytes("\0\u202E\r\nERROR");
      default -> flipped(before);
    };
  }

  /** One bit, one character, or the length. */
  private byte[] flipped(byte[] before) {
    if (before.length == 0) {
      return new byte[] {1};
    }
    var after = before.clone();
    int at = random.nextInt(after.length);
    switch (random.nextInt(3)) {
      case 0 -> after[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> after[at] = (byte) "gGzZ-0 :".charAt(random.nextInt(8));
      default -> after = Arrays.copyOf(after, random.nextInt(2 * after.length));
    }
    return after;
  }

  private byte[] randomBytes() {
    var bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private Body mutateBytes(Drawn drawn) {
    var before = drawn.record().value();
    return switch (random.nextInt(6)) {
      case 0 -> new Body(null, "no body");
      case 1 -> new Body(new byte[0], "empty body");
      case 2 -> new Body(randomBytes(), "random body");
      case 3 -> new Body(bytes("[".repeat(random.nextInt(1, 5_000))), "deep body");
      case 4 -> new Body(new byte[random.nextInt(10) == 0 ? 950_000 : 2_000], "body of zeros");
      default -> new Body(flipped(before), "flipped body");
    };
  }

  private Body mutateField(byte[] before) {
    var tree = (ObjectNode) json.readTree(before);
    var objects = new ArrayList<ObjectNode>();
    collect(tree, objects);
    var object = objects.get(random.nextInt(objects.size()));
    var names = new ArrayList<>(object.propertyNames());
    if (names.isEmpty()) {
      object.put("new", 1);
      return new Body(json.writeValueAsBytes(tree), "field added");
    }
    var name = names.get(random.nextInt(names.size()));
    if (random.nextInt(8) == 0) {
      object.remove(name);
      return new Body(json.writeValueAsBytes(tree), name + " removed");
    }
    var value = oddValue(object.get(name));
    object.set(name, value);
    var text = value.toString();
    return new Body(
        json.writeValueAsBytes(tree),
        name + " = " + text.substring(0, Math.min(60, text.length())));
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private JsonNode oddValue(JsonNode before) {
    var nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(16)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.stringNode("");
      case 2 -> nodes.stringNode("x".repeat(random.nextInt(1, 50_000)));
      case 3 -> nodes.stringNode("\0\u202E\r\n");
      case 4 -> nodes.numberNode(-1);
      case 5 -> nodes.numberNode(Long.MIN_VALUE);
      case 6 -> nodes.numberNode(1.5);
      case 7 -> nodes.numberNode(1e300);
      case 8 -> nodes.booleanNode(true);
      case 9 -> nodes.arrayNode();
      case 10 -> nodes.arrayNode().add(before).add(nodes.nullNode());
      case 11 -> nodes.objectNode();
      case 12 -> nodes.objectNode().set("value", before);
      case 13 -> nodes.stringNode("TELEPORTED");
      case 14 -> nodes.stringNode("\uD83D");
      default -> nodes.stringNode(before.toString());
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String shown(byte[] value) {
    return value.length > 60 ? value.length + " bytes" : new String(value, StandardCharsets.UTF_8);
  }
}
