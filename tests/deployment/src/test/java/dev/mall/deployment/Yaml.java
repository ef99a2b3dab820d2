package dev.mall.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A node of a YAML document, to be walked without minding what is not there. */
record Yaml(Object value) {

  static final Path ROOT = Path.of("../..");

  /** The documents in a file of the repository. */
  static List<Yaml> documents(String path) {
    return parse(text(path));
  }

  static Yaml document(String path) {
    return documents(path).getFirst();
  }

  static List<Yaml> parse(String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    var found = new ArrayList<Yaml>();
    new org.yaml.snakeyaml.Yaml(new SafeConstructor(options))
        .loadAll(text)
        .forEach(document -> found.add(new Yaml(document)));
    return found;
  }

  static String text(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** The node under these keys; one without a value if there is none. */
  Yaml at(String... keys) {
    var node = value;
    for (var key : keys) {
      node = node instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return new Yaml(node);
  }

  Stream<Yaml> items() {
    return value instanceof List<?> list ? list.stream().map(Yaml::new) : Stream.empty();
  }

  Stream<String> keys() {
    return value instanceof Map<?, ?> map
        ? map.keySet().stream().map(Object::toString)
        : Stream.empty();
  }

  boolean exists() {
    return value != null;
  }

  String text() {
    return Objects.toString(value, "");
  }

  int number() {
    return Integer.parseInt(text());
  }

  @Override
  public String toString() {
    return text();
  }
}
