package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL takes the connections of every service at its greatest scale. */
class ConnectionsTest {

  /** Of each replica beside its pool: one listens for commits, one announces them. */
  private static final int BESIDE_THE_POOL = 2;

  /** For superusers, the verifier, backups, standbys, metrics and people. */
  private static final int RESERVE = 20;

  private static final int GATEWAYS = 2;
  private static final int SERVICES = Service.values().length;
  private static final Pattern MAX_CONNECTIONS = Pattern.compile("max_connections[=:] ?\"?(\\d+)");

  @ParameterizedTest
  @ValueSource(
      strings = {"k8s/overlays/prod/autoscaling.yaml", "k8s/components/keda/scaled-objects.yaml"})
  void whileEveryServiceIsUpdatedAtFullScale(String scaling) {
    var replicas = Yaml.documents(scaling).stream().mapToInt(ConnectionsTest::most).sum();

    assertThat(Yaml.documents(scaling)).hasSize(SERVICES);
    assertThat(needed(replicas))
        .isLessThanOrEqualTo(maxConnections("k8s/components/cloudnative-pg/postgres.yaml"))
        .isLessThanOrEqualTo(maxConnections("k8s/overlays/prod/kustomization.yaml"));
  }

  /** The chaos suite and the documents run two replicas of each. */
  @ParameterizedTest
  @ValueSource(strings = {"docker-compose.yml", "k8s/overlays/dev/postgres.yaml"})
  void withTwoReplicasOfEachOnALaptop(String file) {
    assertThat(needed(2 * SERVICES)).isLessThanOrEqualTo(maxConnections(file));
  }

  @Test
  void leavesConnectionsToConsumersWhateverRequestsTake() {
    assertThat(Yaml.text("docs/configuration.md"))
        .contains("`mall.web.connections.at-most` | `%d` |".formatted(poolSize() / 2));
  }

  /**
   * An update adds a pod to each service before it ends one, which may take a minute to go while
   * the next is added.
   */
  private static int needed(int replicas) {
    return (replicas + 2 * SERVICES * surge()) * (poolSize() + BESIDE_THE_POOL)
        + (GATEWAYS + 2 * surge()) * gatewayPoolSize()
        + RESERVE;
  }

  private static int gatewayPoolSize() {
    return Yaml.documents("gateway/src/main/resources/gateway.yml")
        .getLast()
        .at("spring", "datasource", "hikari", "maximum-pool-size")
        .number();
  }

  private static int most(Yaml scaling) {
    return Stream.of("maxReplicas", "maxReplicaCount")
        .map(key -> scaling.at("spec", key))
        .filter(Yaml::exists)
        .findFirst()
        .orElseThrow()
        .number();
  }

  private static int surge() {
    return Yaml.document("k8s/base/service.yaml")
        .at("spec", "strategy", "rollingUpdate", "maxSurge")
        .number();
  }

  private static int poolSize() {
    return Yaml.document("common/messaging/src/main/resources/mall-messaging.yml")
        .at("spring", "datasource", "hikari", "maximum-pool-size")
        .number();
  }

  private static int maxConnections(String file) {
    var found = MAX_CONNECTIONS.matcher(Yaml.text(file));
    assertThat(found.find()).as("%s says max_connections", file).isTrue();
    return Integer.parseInt(found.group(1));
  }
}
