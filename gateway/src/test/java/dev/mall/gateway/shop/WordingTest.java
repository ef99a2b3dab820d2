package dev.mall.gateway.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The words of the shop beside the constants of the OpenAPI documents. */
class WordingTest {

  @Test
  void everyConstantHasWordsAndNoWordsAreLeftOver() {
    assertThat(Wording.STATUSES)
        .containsOnlyKeys(constants("order-service", "OrderView", "status"));
    assertThat(Wording.ENTRIES).containsOnlyKeys(constants("payment-service", "EntryView", "kind"));
    var reasons = constants("order-service", "OrderView", "cancelReason");
    reasons.addAll(constants("payment-service", "PaymentView", "declineReason"));
    assertThat(Wording.REASONS).containsOnlyKeys(reasons);
  }

  private static Set<String> constants(String service, String schema, String property) {
    var constants = new TreeSet<String>();
    document(service)
        .path("components")
        .path("schemas")
        .path(schema)
        .path("properties")
        .path(property)
        .path("enum")
        .forEach(constant -> constants.add(constant.asString()));
    assertThat(constants).as("%s.%s", schema, property).isNotEmpty();
    return constants;
  }

  private static JsonNode document(String service) {
    var path = Path.of("..", "docs", "openapi", service + ".json");
    try {
      return JsonMapper.shared().readTree(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
