package dev.mall.system;

import dev.mall.cli.MallService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operation as the stored OpenAPI document of its service describes it.
 *
 * @param path a template like {@code /orders/{id}}
 * @param parameters as in the document
 * @param body the schema of its body; missing if it takes none
 * @param responses status to media types
 * @param schemas those that others refer to, by name
 */
record ApiOperation(
    MallService service,
    String method,
    String path,
    List<JsonNode> parameters,
    JsonNode body,
    Map<Integer, Set<String>> responses,
    JsonNode schemas) {

  private static final Map<MallService, String> DOCUMENTS =
      Map.of(
          MallService.ORDER, "order-service",
          MallService.INVENTORY, "inventory-service",
          MallService.PAYMENT, "payment-service",
          MallService.NOTIFICATION, "notification-service",
          MallService.SAGA, "saga-orchestrator");

  static List<ApiOperation> all() {
    return Stream.of(MallService.values()).flatMap(ApiOperation::of).toList();
  }

  private static Stream<ApiOperation> of(MallService service) {
    var file = Path.of("..", "..", "docs", "openapi", DOCUMENTS.get(service) + ".json");
    var document = read(file);
    var found = new ArrayList<ApiOperation>();
    document
        .get("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry((method, operation) ->
                found.add(
                    new ApiOperation(
                        service,
                        method.toUpperCase(Locale.ROOT),
                        path,
                        operation.path("parameters").valueStream().toList(),
                        operation.at("/requestBody/content/application~1json/schema"),
                        responses(operation.get("responses")),
                        document.at("/components/schemas")))));
    return found.stream();
  }

  private static JsonNode read(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static Map<Integer, Set<String>> responses(JsonNode responses) {
    var found = new HashMap<Integer, Set<String>>();
    responses.forEachEntry((status, response) ->
        found.put(Integer.valueOf(status), Set.copyOf(response.path("content").propertyNames())));
    return found;
  }

  boolean takesBody() {
    return !body.isMissingNode();
  }

  Stream<JsonNode> parametersIn(String place) {
    return parameters.stream().filter(it -> it.get("in").asString().equals(place));
  }

  /** The schema itself, or the one that it refers to. */
  JsonNode resolved(JsonNode schema) {
    var reference = schema.path("$ref").asString("");
    return reference.isEmpty()
        ? schema
        : schemas.get(reference.substring(reference.lastIndexOf('/') + 1));
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(service.name().toLowerCase(Locale.ROOT), method, path);
  }
}
