package dev.mall.system;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Ways in which a JSON body is wrong. */
final class BodyMutations {

  private static final String PLACE = "\"@@@\"";

  private final Random random;
  private final ApiValues values;

  BodyMutations(Random random, ApiValues values) {
    this.random = random;
    this.values = values;
  }

  void mutate(RawRequest request) {
    request.json(random.nextInt(3) == 0 ? oddBytes(request.body) : oddField(request.body));
  }

  /** A body where none is expected. */
  void unasked(RawRequest request) {
    request.header("Content-Type", "application/json");
    request.json(values.oddJson().getBytes(StandardCharsets.UTF_8));
  }

  /** One field of the body, at any depth, is another, is missing, comes twice or is unknown. */
  private byte[] oddField(byte[] body) {
    var tree = JsonMapper.shared().readTree(body);
    var objects = new ArrayList<ObjectNode>();
    collect(tree, objects);
    var object = values.oneOf(objects);
    var names = List.copyOf(object.propertyNames());
    var name = names.isEmpty() ? "x" : values.oneOf(names);
    switch (random.nextInt(8)) {
      case 0 -> object.remove(name);
      case 1 -> object.put("unknown", 1);
      case 2 -> {
        var twice = object.toString().replaceFirst("}$", ",\"%s\":1}".formatted(name));
        return tree.toString().replace(object.toString(), twice).getBytes(StandardCharsets.UTF_8);
      }
      default -> object.put(name, "@@@");
    }
    return tree.toString().replace(PLACE, values.oddJson()).getBytes(StandardCharsets.UTF_8);
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private byte[] oddBytes(byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    return switch (random.nextInt(12)) {
      case 0 -> new byte[0];
      case 1 -> Arrays.copyOf(body, random.nextInt(body.length));
      case 2 -> text.concat("garbage").getBytes(StandardCharsets.UTF_8);
      case 3 -> ("/* no */" + text).getBytes(StandardCharsets.UTF_8);
      case 4 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
      case 5 -> text.getBytes(StandardCharsets.UTF_16);
      case 6 -> text.replace('"', '\'').getBytes(StandardCharsets.UTF_8);
      case 7 -> new byte[] {'{', '"', (byte) 0xc3, '"', ':', (byte) 0xff, '}'};
      case 8 -> (text + " ".repeat(70_000)).getBytes(StandardCharsets.UTF_8);
      case 9 -> ("[".repeat(30_000)).getBytes(StandardCharsets.UTF_8);
      case 10 -> "name: yaml\nwho: [a, b]\n".getBytes(StandardCharsets.UTF_8);
      default -> values.oddJson().getBytes(StandardCharsets.UTF_8);
    };
  }
}
