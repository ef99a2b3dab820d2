package dev.mall.deployment;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The settings of the configuration records. */
final class Settings {

  private Settings() {}

  /**
   * A component of a configuration record.
   *
   * @param property as in a YAML file
   * @param otherwise the default as the record states it; empty if it states none
   */
  record Setting(String property, String type, String otherwise) {

    /** The environment variable that Spring Boot binds to the property. */
    String variable() {
      return property.replace(".", "_").replace("-", "").toUpperCase(Locale.ROOT);
    }
  }

  static List<Setting> all() {
    return records()
        .flatMap(Settings::settings)
        .sorted(Comparator.comparing(Setting::property))
        .toList();
  }

  private static Stream<Class<?>> records() {
    try {
      var classes =
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:dev/mall/**/*Properties.class");
      return Arrays.stream(classes)
          .<Class<?>>map(resource -> {
            var path = resource.toString();
            var name = path.substring(path.lastIndexOf("dev/mall/"), path.lastIndexOf(".class"));
            return load(name.replace('/', '.'));
          })
          .filter(
              type -> type.isRecord() && type.isAnnotationPresent(ConfigurationProperties.class));
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Stream<Setting> settings(Class<?> type) {
    return settings(type.getAnnotation(ConfigurationProperties.class).value(), type);
  }

  private static Stream<Setting> settings(String prefix, Class<?> type) {
    var constructor = type.getDeclaredConstructors()[0];
    var components = type.getRecordComponents();
    return Stream.iterate(0, i -> i < components.length, i -> i + 1)
        .flatMap(i -> {
          var property = prefix + "." + kebab(components[i]);
          var given = constructor.getParameters()[i].getAnnotation(DefaultValue.class);
          return components[i].getType().isRecord()
              ? settings(property, components[i].getType())
              : Stream.of(
                  new Setting(property, components[i].getType().getSimpleName(), stated(given)));
        });
  }

  private static String stated(DefaultValue given) {
    return Optional.ofNullable(given).map(value -> String.join(",", value.value())).orElse("");
  }

  private static String kebab(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
