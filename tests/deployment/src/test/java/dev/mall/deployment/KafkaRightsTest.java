package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.wire.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rights on Kafka follow from docs/asyncapi.yaml: who sends a topic may write it, and so on. */
class KafkaRightsTest {

  private static final String ORCHESTRATOR = Service.SAGA.module;
  private static final Yaml API = Yaml.document("docs/asyncapi.yaml");

  /**
   * @param name of the resource; with {@code *} at its end, of all that begin so
   */
  private record Right(String service, String operation, String resource, String name) {

    static Right onTopic(String service, String operation, String topic) {
      return new Right(service, operation, "topic", topic);
    }

    static Right onGroupsOf(String owner, String service, String operation) {
      return new Right(service, operation, "group", owner + ".*");
    }
  }

  @Test
  void theFileHasTheRightsThatTheDocumentImplies() {
    var granted =
        Yaml.text("docker/kafka/rights.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" +"))
            .map(cells -> new Right(cells[0], cells[1], cells[2], cells[3]));

    assertThat(granted).containsExactlyInAnyOrderElementsOf(implied().toList());
  }

  @Test
  void theUsersOfStrimziHaveTheSameRights() {
    var granted =
        Yaml.documents("k8s/components/strimzi/users.yaml").stream()
            .filter(user -> SERVICES.contains(user.at("metadata", "name").text()))
            .flatMap(KafkaRightsTest::rightsOf);

    assertThat(granted).containsExactlyInAnyOrderElementsOf(implied().toList());
  }

  private static final List<String> SERVICES =
      Service.all().map(service -> service.module).toList();

  private static Stream<Right> rightsOf(Yaml user) {
    return user.at("spec", "authorization", "acls")
        .items()
        .flatMap(acl -> {
          var resource = acl.at("resource");
          var prefix = resource.at("patternType").text().equals("prefix") ? "*" : "";
          return acl.at("operations")
              .items()
              .map(operation ->
                  new Right(
                      user.at("metadata", "name").text(),
                      operation.text().toLowerCase(Locale.ROOT),
                      resource.at("type").text(),
                      resource.at("name").text() + prefix));
        });
  }

  private static Stream<Right> implied() {
    return SERVICES.stream()
        .flatMap(service ->
            Stream.of(ofEach(service), ofTopics(service), ofTheOrchestrator(service))
                .flatMap(rights -> rights)
                .distinct());
  }

  /** Topics that are missing are created by the service that starts first. */
  private static Stream<Right> ofEach(String service) {
    return Stream.of(
        Right.onTopic(service, "create", "mall.*"),
        Right.onTopic(service, "describe", "mall.*"),
        Right.onGroupsOf(service, service, "read"));
  }

  private static Stream<Right> ofTopics(String service) {
    return Topics.ALL.stream()
        .flatMap(topic -> {
          var sent = who("send", topic).filter(service::equals);
          var received = who("receive", topic).filter(service::equals);
          return Stream.concat(
              sent.map(_ -> Right.onTopic(service, "write", topic)),
              received.flatMap(_ ->
                  Stream.of(
                      Right.onTopic(service, "read", topic),
                      Right.onTopic(service, "write", Topics.deadLettersOf(topic)))));
        });
  }

  /** It reads dead letters, sends them again, and compares every group with its topic's end. */
  private static Stream<Right> ofTheOrchestrator(String service) {
    if (!service.equals(ORCHESTRATOR)) {
      return Stream.empty();
    }
    var topics =
        Topics.ALL.stream()
            .flatMap(topic ->
                Stream.of(
                    Right.onTopic(service, "write", topic),
                    Right.onTopic(service, "read", Topics.deadLettersOf(topic))));
    var groups =
        SERVICES.stream()
            .filter(other -> !other.equals(service))
            .map(other -> Right.onGroupsOf(other, service, "describe"));
    return Stream.concat(topics, groups);
  }

  private static Stream<String> who(String action, String topic) {
    return API.at("operations")
        .keys()
        .map(name -> API.at("operations", name))
        .filter(operation -> operation.at("action").text().equals(action))
        .filter(operation -> addressOf(operation).equals(topic))
        .flatMap(operation -> Arrays.stream(operation.at("summary").text().split(", ")));
  }

  private static String addressOf(Yaml operation) {
    var channel = operation.at("channel", "$ref").text().replace("#/channels/", "");
    return API.at("channels", channel, "address").text();
  }
}
