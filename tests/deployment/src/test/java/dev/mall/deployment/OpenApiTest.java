package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules for every OpenAPI document. Each service compares the stored one with its own. */
class OpenApiTest {

  private static final List<String> COMMON = List.of("400", "406", "500", "503");

  @ParameterizedTest
  @EnumSource
  void everyOperationIsExplained(Service service) {
    assertThat(OpenApi.of(service).operations())
        .isNotEmpty()
        .allSatisfy(operation -> {
          assertThat(operation.description().at("summary").text()).isNotBlank();
          assertThat(operation.description().at("description").text()).isNotBlank();
          assertThat(operation.parameters())
              .allSatisfy(it -> assertThat(it.at("description").text()).isNotBlank());
        });
  }

  @ParameterizedTest
  @EnumSource
  void operationIdsAreUnique(Service service) {
    var ids = OpenApi.of(service).operations().map(it -> it.description().at("operationId").text());

    assertThat(ids).doesNotHaveDuplicates().noneMatch(id -> id.matches(".*_\\d+"));
  }

  @ParameterizedTest
  @EnumSource
  void everyOperationSaysHowItFails(Service service) {
    assertThat(OpenApi.of(service).operations())
        .allSatisfy(operation -> {
          var statuses = operation.responses().keys().toList();
          assertThat(statuses)
              .as("%s", operation)
              .containsAll(COMMON)
              .anyMatch(it -> it.startsWith("2"));
          if (operation.description().at("requestBody").exists()) {
            assertThat(statuses).as("%s", operation).contains("413", "415");
          }
          if (service == Service.SAGA) {
            assertThat(statuses).as("%s", operation).contains("401");
            assertThat(operation.description().at("security").exists()).isTrue();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void everyErrorIsAProblem(Service service) {
    assertThat(OpenApi.of(service).operations())
        .allSatisfy(operation ->
            assertThat(operation.responses().keys())
                .allSatisfy(status -> {
                  var content = operation.responses().at(status, "content");
                  var expected =
                      status.equals("304")
                          ? List.<String>of()
                          : List.of(
                              status.startsWith("2")
                                  ? "application/json"
                                  : "application/problem+json");
                  assertThat(content.keys())
                      .as("%s %s", operation, status)
                      .containsExactlyElementsOf(expected);
                }));
  }

  @ParameterizedTest
  @EnumSource
  void everyProblemIsAnswered(Service service) {
    var described =
        OpenApi.of(service)
            .operations()
            .flatMap(it -> it.responses().keys().map(status -> it.responses().at(status)))
            .flatMap(it -> it.at("content", "application/problem+json", "examples").keys())
            .collect(Collectors.toSet());

    assertThat(described).containsAll(problemsOf(service));
  }

  /** Rows of the service's own table. */
  private static List<String> problemsOf(Service service) {
    var document = Yaml.text("docs/problems.md");
    int start = document.indexOf("## " + service.module);
    var section = start < 0 ? "" : document.substring(start + 3).split("\n## ", 2)[0];
    return section
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("`")[1])
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void patternsMatchWholeValuesAndIdsAreStrings(Service service) {
    var wrong = new ArrayList<String>();
    OpenApi.of(service)
        .eachObject(node -> {
          var pattern = node.at("pattern").text();
          if (!pattern.isEmpty() && !(pattern.startsWith("^") && pattern.endsWith("$"))) {
            wrong.add(pattern);
          }
        });
    var numbers =
        OpenApi.of(service)
            .operations()
            .flatMap(OpenApi.Operation::parameters)
            .filter(it -> it.at("schema", "format").text().equals("int64"))
            .map(it -> it.at("name").text());

    assertThat(wrong).isEmpty();
    assertThat(numbers).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theServerIsWhereTheDocumentCameFrom(Service service) {
    var servers = OpenApi.of(service).document().at("servers").items().toList();

    assertThat(servers)
        .singleElement()
        .satisfies(it -> assertThat(it.at("url").text()).isEqualTo("/"));
  }
}
