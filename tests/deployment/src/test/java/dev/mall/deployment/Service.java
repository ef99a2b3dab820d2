package dev.mall.deployment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service, as its own configuration describes it. */
enum Service {
  ORDER("order-service"),
  INVENTORY("inventory-service"),
  PAYMENT("payment-service"),
  NOTIFICATION("notification-service"),
  SAGA("saga-orchestrator");

  /** In front of the services, and none of them. */
  static final String GATEWAY = "gateway";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(MALL_[A-Z_]+)(?::([^}]*))?}");
  private static final Pattern IMPORT = Pattern.compile("classpath:mall-([a-z]+)\\.yml");

  final String module;

  Service(String module) {
    this.module = module;
  }

  static Service of(String module) {
    return Arrays.stream(values())
        .filter(service -> service.module.equals(module))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no service " + module));
  }

  static Stream<Service> all() {
    return Arrays.stream(values());
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its own file and those that it imports. */
  List<String> files() {
    return filesOf(module);
  }

  /** Also of the gateway. */
  static List<String> filesOf(String module) {
    var own = "%s/src/main/resources/%s.yml".formatted(module, module);
    var imported =
        IMPORT
            .matcher(Yaml.text(own))
            .results()
            .map(match ->
                "common/%s/src/main/resources/mall-%s.yml"
                    .formatted(match.group(1), match.group(1)));
    return Stream.concat(Stream.of(own), imported).toList();
  }

  /** A variable as a service's files name it, and what they take where it is not set. */
  record Variable(String name, String otherwise) {}

  Set<Variable> variables() {
    return variablesOf(module);
  }

  /** Also of the gateway. */
  static Set<Variable> variablesOf(String module) {
    return filesOf(module).stream()
        .flatMap(file -> VARIABLE.matcher(Yaml.text(file)).results())
        .map(match -> new Variable(match.group(1), match.group(2) == null ? "" : match.group(2)))
        .collect(Collectors.toSet());
  }

  Set<String> variableNames() {
    return variables().stream().map(Variable::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private String otherwise(String variable) {
    return variables().stream()
        .filter(known -> known.name().equals(variable))
        .map(Variable::otherwise)
        .findFirst()
        .orElseThrow(() -> new AssertionError(module + " does not know " + variable));
  }

  int port() {
    return Integer.parseInt(otherwise("MALL_%s_PORT".formatted(name())));
  }

  /** Host, port and name replaced, what a database URL must look like. */
  String databaseUrl(String server) {
    return otherwise("MALL_%s_DB_URL".formatted(name())).replace("localhost:5432", server);
  }

  String databaseUser() {
    return otherwise("MALL_%s_DB_USER".formatted(name()));
  }
}
