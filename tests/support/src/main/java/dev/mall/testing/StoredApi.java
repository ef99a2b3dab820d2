package dev.mall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI documents in docs/openapi, so that a change of a service's API is seen. */
public final class StoredApi {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private StoredApi() {}

  /**
   * Compares with docs/openapi/{@code service}.json. Where they differ, the served document is in
   * the module's target/openapi, to be copied there if the change is meant.
   *
   * @param served the document as the service gave it
   */
  public static void assertUnchanged(String service, String served) {
    var name = service + ".json";
    var now = normal(served);
    try {
      Files.createDirectories(Path.of("target", "openapi"));
      Files.writeString(Path.of("target", "openapi", name), now);
      assertThat(now)
          .as(
              "the API of %s is the stored one; if the change is meant: cp %s/target/openapi/%s %s",
              service, service, name, "docs/openapi/")
          .isEqualTo(normal(Files.readString(Path.of("..", "docs", "openapi", name))));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Keys in order. */
  private static String normal(String document) {
    return JSON.writeValueAsString(JSON.readValue(document, Object.class)) + "\n";
  }
}
