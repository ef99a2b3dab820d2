package dev.mall.testing;

import dev.mall.embedded.EmbeddedKafka;
import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.EmbeddedRedis;
import dev.mall.embedded.KafkaServer;
import dev.mall.embedded.Place;
import dev.mall.embedded.PostgresServer;
import dev.mall.embedded.RedisServer;
import dev.mall.testing.containers.ContainerKafka;
import dev.mall.testing.containers.ContainerPort;
import dev.mall.testing.containers.ContainerPostgres;
import dev.mall.testing.containers.ContainerRedis;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/** Where the servers of the tests come from: {@code MALL_TEST_INFRA} says it. */
enum ServerProvider {
  /** From Maven artifacts, without Docker. */
  EMBEDDED {
    @Override
    PostgresServer postgres() {
      return new EmbeddedPostgres(Place.temporary());
    }

    @Override
    KafkaServer kafka() {
      return new EmbeddedKafka(Place.temporary());
    }

    @Override
    RedisServer redis() {
      return new EmbeddedRedis(Place.temporary());
    }
  },

  /** From the images that docker-compose.yml names, by Testcontainers. */
  CONTAINERS {
    @Override
    PostgresServer postgres() {
      return new ContainerPostgres(ContainerPort.ofThisHost());
    }

    @Override
    KafkaServer kafka() {
      return new ContainerKafka(ContainerPort.ofThisHost());
    }

    @Override
    RedisServer redis() {
      return new ContainerRedis(ContainerPort.ofThisHost());
    }
  };

  static final String VARIABLE = "MALL_TEST_INFRA";

  /** A server that was not started yet. */
  abstract PostgresServer postgres();

  abstract KafkaServer kafka();

  abstract RedisServer redis();

  static ServerProvider chosen() {
    return of(System.getenv(VARIABLE), () -> DockerClientFactory.instance().isDockerAvailable());
  }

  /**
   * @param wanted the variable's value; nothing means embedded
   * @param docker whether a Docker engine answers
   * @throws IllegalStateException if the tests cannot have what is wanted
   */
  static ServerProvider of(@Nullable String wanted, BooleanSupplier docker) {
    return switch (wanted == null ? "" : wanted.strip().toLowerCase(Locale.ROOT)) {
      case "", "embedded" -> EMBEDDED;
      case "containers" -> {
        if (!docker.getAsBoolean()) {
          throw new IllegalStateException(
              """
              %s=containers, but no Docker engine answers: start one (docker info must work) and name \
              it in DOCKER_HOST if it is not this machine's, or unset %s to test on embedded servers\
              """
                  .formatted(VARIABLE, VARIABLE));
        }
        yield CONTAINERS;
      }
      default ->
          throw new IllegalStateException(
              "%s is '%s': say embedded or containers".formatted(VARIABLE, wanted));
    };
  }
}
