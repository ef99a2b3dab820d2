package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Message;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.contracts.wire.Topics;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** docs/asyncapi.yaml says what the contracts say. */
class AsyncApiTest {

  private static final Yaml API = Yaml.document("docs/asyncapi.yaml");
  private static final String GOLDEN = "common/messaging/src/test/resources/golden/%s.v1.json";

  @Test
  void everyMessageIsInTheChannelOfItsTopic() {
    var documented = new TreeMap<String, TreeSet<String>>();
    API.at("channels")
        .keys()
        .map(name -> API.at("channels", name))
        .forEach(channel ->
            documented.put(
                channel.at("address").text(),
                channel.at("messages").keys().collect(Collectors.toCollection(TreeSet::new))));

    var sent =
        messages()
            .collect(
                Collectors.groupingBy(
                    AsyncApiTest::topicOf,
                    TreeMap::new,
                    Collectors.mapping(
                        Class::getSimpleName, Collectors.toCollection(TreeSet::new))));

    assertThat(documented).isEqualTo(sent);
    assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(Topics.ALL);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyFieldIsThereWithItsType(Class<? extends Message> type) {
    assertThat(API.at("components", "messages", type.getSimpleName(), "payload", "$ref").text())
        .isEqualTo("#/components/schemas/" + type.getSimpleName());
    compare(type);
  }

  /** Each message there is. */
  static Stream<Class<? extends Message>> messages() {
    return MessageTypes.all();
  }

  private static void compare(Class<?> type) {
    var schema = API.at("components", "schemas", type.getSimpleName());
    if (type.isEnum()) {
      assertThat(schema.at("enum").items().map(Yaml::text))
          .as("%s", type)
          .containsExactlyElementsOf(
              Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
      return;
    }
    var components = List.of(type.getRecordComponents());
    assertThat(schema.at("properties").keys())
        .as("%s", type)
        .containsExactlyElementsOf(components.stream().map(RecordComponent::getName).toList());
    assertThat(schema.at("required").items().map(Yaml::text))
        .containsExactlyElementsOf(
            components.stream().filter(c -> !nullable(c)).map(RecordComponent::getName).toList());
    components.forEach(component ->
        compare(schema.at("properties", component.getName()), component.getGenericType()));
  }

  private static void compare(Yaml property, Type type) {
    switch (type) {
      case ParameterizedType list -> {
        assertThat(property.at("type").text()).isEqualTo("array");
        compare(property.at("items"), list.getActualTypeArguments()[0]);
      }
      case Class<?> own when own.getName().startsWith("dev.mall") -> {
        assertThat(property.at("$ref").text())
            .isEqualTo("#/components/schemas/" + own.getSimpleName());
        compare(own);
      }
      default ->
          assertThat(List.of(property.at("type").text(), property.at("format").text()))
              .isEqualTo(simple().get(type));
    }
  }

  private static Map<Type, List<String>> simple() {
    return Map.of(
        long.class, List.of("integer", "int64"),
        int.class, List.of("integer", "int32"),
        boolean.class, List.of("boolean", ""),
        String.class, List.of("string", ""),
        Instant.class, List.of("string", "date-time"));
  }

  private static boolean nullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static String topicOf(Class<? extends Message> type) {
    var golden = Yaml.text(GOLDEN.formatted(type.getSimpleName()));
    return Topics.of(JsonMapper.shared().readValue(golden, type));
  }
}
