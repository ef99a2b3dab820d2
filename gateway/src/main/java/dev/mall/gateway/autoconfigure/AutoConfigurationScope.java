package dev.mall.gateway.autoconfigure;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps auto-configurations apart where the gateway and services share a class path, as in the
 * launcher: Spring Cloud, Spring Security and Thymeleaf are the gateway's alone; Kafka, JPA, the
 * kits that need tables of their own, and the rules about tokens are the services'. A gateway that
 * issues no tokens needs no authorization server and no database.
 */
final class AutoConfigurationScope implements AutoConfigurationImportFilter, EnvironmentAware {

  private static final String GATEWAY = "gateway";

  private static final List<String> OF_THE_GATEWAY =
      List.of(
          "org.springframework.cloud.",
          "org.springframework.boot.security.",
          "org.springframework.boot.thymeleaf.");

  private static final List<String> OF_SERVICES =
      List.of(
          "dev.mall.messaging.",
          "dev.mall.locking.",
          "dev.mall.identifiers.",
          "dev.mall.security.",
          "org.springframework.boot.data.jpa.",
          "org.springframework.boot.hibernate.",
          "org.springframework.boot.kafka.");

  private static final List<String> OF_AN_ISSUER =
      List.of("org.springframework.boot.jdbc.", "org.springframework.boot.security.oauth2.server.");

  private List<String> excluded = List.of();

  @Override
  public void setEnvironment(Environment environment) {
    if (!GATEWAY.equals(environment.getProperty("spring.application.name"))) {
      excluded = OF_THE_GATEWAY;
    } else if (OwnIssuer.isIn(environment)) {
      excluded = OF_SERVICES;
    } else {
      excluded = Stream.of(OF_SERVICES, OF_AN_ISSUER).flatMap(List::stream).toList();
    }
  }

  @Override
  public boolean[] match(
      @Nullable String[] classes, AutoConfigurationMetadata autoConfigurationMetadata) {
    var matches = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      var name = classes[i];
      matches[i] = name != null && excluded.stream().noneMatch(name::startsWith);
    }
    return matches;
  }
}
