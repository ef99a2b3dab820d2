package dev.mall.deployment;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The stored OpenAPI document of a service. */
record OpenApi(Service service, Yaml document) {

  static OpenApi of(Service service) {
    // JSON is YAML
    return new OpenApi(service, Yaml.document("docs/openapi/%s.json".formatted(service.module)));
  }

  /** One method of one path. */
  record Operation(String method, String path, Yaml description) {

    Yaml responses() {
      return description.at("responses");
    }

    Stream<Yaml> parameters() {
      return description.at("parameters").items();
    }

    /** Whether a request of this method to this path, without a query, is one of it. */
    boolean answers(String method, String path) {
      return this.method.equals(method)
          && path.matches("\\Q" + this.path.replaceAll("\\{\\w+}", "\\\\E[^/?]+\\\\Q") + "\\E");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  Stream<Operation> operations() {
    var paths = document.at("paths");
    return paths
        .keys()
        .flatMap(path ->
            paths
                .at(path)
                .keys()
                .map(method ->
                    new Operation(method.toUpperCase(Locale.ROOT), path, paths.at(path, method))));
  }

  /** Calls {@code visitor} with every object of the document. */
  void eachObject(Consumer<Yaml> visitor) {
    visit(document, visitor);
  }

  private static void visit(Yaml node, Consumer<Yaml> visitor) {
    visitor.accept(node);
    node.keys().forEach(key -> visit(node.at(key), visitor));
    node.items().forEach(item -> visit(item, visitor));
  }
}
