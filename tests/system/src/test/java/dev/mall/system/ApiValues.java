package dev.mall.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Values for a fuzz test: such as a schema allows, such as it does not, and such as are odd. */
final class ApiValues {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int SOME = 12;

  private final Random random;
  private final Map<String, List<String>> known;
  private final List<String> oddTexts;
  private final List<String> oddJson;

  /**
   * @param known values that exist in the mall, by the name of their parameter or property
   * @param marker a text that must never begin a line of a log
   */
  ApiValues(Random random, Map<String, List<String>> known, String marker) {
    this.random = random;
    this.known = known;
    this.oddTexts =
        List.of(
            "",
            " ",
            ".",
            "..",
            "\u0000",
            "a\n" + marker,
            "a\r\n" + marker,
            "a\u0085" + marker,
            "a\u2028" + marker,
            "\u001b[31m" + marker,
            "\u202e" + marker,
            "\u200b",
            "\ufeff",
            "\uffff",
            "\ud800",
            "\ud83d\ude00",
            "e\u0301",
            "\u0130\u0131",
            "\u0661\u0662\u0663",
            "' or 1=1 --",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1/a}",
            "{{7*7}}",
            "../../etc/passwd",
            "%0a" + marker,
            "null",
            "-1",
            "0x1F",
            "+5",
            "1e3",
            "99999999999999999999",
            "a".repeat(65),
            "a".repeat(4_001),
            ",".repeat(300));
    this.oddJson =
        List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.0",
            "1.5",
            "1e400",
            "NaN",
            "00",
            "9223372036854775807",
            "9223372036854775808",
            "9".repeat(1_100),
            "\"\"",
            "\"1\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"a\nb\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"a\":{}}",
            "[".repeat(600) + "]".repeat(600));
  }

  String oddText() {
    return oneOf(oddTexts);
  }

  /** JSON, or nearly. */
  String oddJson() {
    return random.nextBoolean() ? oneOf(oddJson) : JSON.writeValueAsString(oddText());
  }

  <T> T oneOf(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** As a parameter's text. */
  String validText(String name, JsonNode schema, ApiOperation operation) {
    var value = valid(name, schema, operation);
    return value.isString() ? value.asString() : value.toString();
  }

  JsonNode valid(String name, JsonNode given, ApiOperation operation) {
    var schema = operation.resolved(given);
    if (known.containsKey(name) && random.nextInt(8) > 0) {
      return JSON.valueToTree(oneOf(known.get(name)));
    }
    if (schema.has("enum")) {
      return oneOf(schema.get("enum").valueStream().toList());
    }
    return switch (type(schema)) {
      case "object" -> object(schema, operation);
      case "array" -> array(name, schema, operation);
      case "integer" -> JSON.valueToTree(number(schema));
      case "boolean" -> JSON.valueToTree(random.nextBoolean());
      default -> JSON.valueToTree(text(schema));
    };
  }

  private static String type(JsonNode schema) {
    var type = schema.path("type");
    return type.isArray() ? type.get(0).asString() : type.asString("string");
  }

  private ObjectNode object(JsonNode schema, ApiOperation operation) {
    var object = JSON.createObjectNode();
    var required = schema.path("required").valueStream().map(JsonNode::asString).toList();
    schema
        .path("properties")
        .forEachEntry((name, property) -> {
          if (required.contains(name) || random.nextInt(3) == 0) {
            object.set(name, valid(name, property, operation));
          }
        });
    return object;
  }

  private JsonNode array(String name, JsonNode schema, ApiOperation operation) {
    int size = Math.max(schema.path("minItems").asInt(0), 1 + random.nextInt(3));
    var items = new ArrayList<JsonNode>();
    for (int i = 0; i < size; i++) {
      items.add(valid(name, schema.get("items"), operation));
    }
    return JSON.valueToTree(items);
  }

  /** Mostly small, sometimes at a limit. */
  private long number(JsonNode schema) {
    long least = schema.path("minimum").asLong(1);
    long most = schema.path("maximum").asLong(1_000_000);
    return switch (random.nextInt(10)) {
      case 0 -> least;
      case 1 -> most;
      default -> Math.min(most, least + random.nextInt(SOME));
    };
  }

  private String text(JsonNode schema) {
    if ("uuid".equals(schema.path("format").asString(""))) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
    if ("date-time".equals(schema.path("format").asString(""))) {
      return Instant.ofEpochSecond(random.nextLong(4_000_000_000L)).toString();
    }
    if (schema.path("pattern").asString("").startsWith("^[0-9]")) {
      return Long.toString(random.nextLong(1L << 40));
    }
    return schema.has("example") && random.nextBoolean()
        ? schema.get("example").asString()
        : "fuzz-" + random.nextInt(SOME);
  }
}
