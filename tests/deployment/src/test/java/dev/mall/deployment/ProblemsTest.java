package dev.mall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.values.CancelReason;
import dev.mall.gateway.GatewayProblem;
import dev.mall.security.SecurityProblem;
import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.ProblemType;
import dev.mall.web.problem.RequestRefused;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** The tables of docs/problems.md beside the problems in the code. */
class ProblemsTest {

  @Test
  void theProblemsOfNoServiceAloneAreListed() {
    assertThat(rows("Every service")).containsExactlyInAnyOrder(rows(CommonProblem.values()));
    assertThat(rows("With tokens")).containsExactlyInAnyOrder(rows(SecurityProblem.values()));
    assertThat(rows("gateway")).containsExactlyInAnyOrder(rows(GatewayProblem.values()));
  }

  @Test
  void theReasonsOfCancellationsAreListed() {
    assertThat(
            lines("Why an order was cancelled")
                .map(line -> line.replaceFirst("\\| `([A-Z_]+)`.*", "$1")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(CancelReason.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @EnumSource
  void theRefusalsOfAServiceAreListed(Service service) {
    assertThat(rows(service.module))
        .containsExactlyInAnyOrderElementsOf(
            refusalsOf(service)
                .filter(type -> common(type).isEmpty())
                .map(ProblemsTest::row)
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalWithACommonTypeHasItsStatusAndTitle(Service service) {
    assertThat(refusalsOf(service))
        .allSatisfy(type ->
            assertThat(common(type))
                .allSatisfy(same -> {
                  assertThat(type.status()).isEqualTo(same.status());
                  assertThat(type.title()).isEqualTo(same.title());
                }));
  }

  private static List<CommonProblem> common(ProblemType type) {
    return Arrays.stream(CommonProblem.values())
        .filter(common -> common.slug().equals(type.slug()))
        .toList();
  }

  private static Stream<ProblemType> refusalsOf(Service service) {
    var scan = new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AssignableTypeFilter(RequestRefused.class));
    return scan.findCandidateComponents("dev.mall." + service.module.split("-")[0]).stream()
        .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
        .map(found -> ProblemType.of(found.asSubclass(RequestRefused.class)));
  }

  private static String row(ProblemType type) {
    return "| `%s` | %d |".formatted(type.slug(), type.status().value());
  }

  private static String[] rows(ProblemType... types) {
    return Arrays.stream(types).map(ProblemsTest::row).toArray(String[]::new);
  }

  private static List<String> rows(String section) {
    return lines(section)
        .map(line -> line.replaceFirst("(\\| `[a-z-]+` \\| \\d{3} \\|).*", "$1"))
        .toList();
  }

  private static Stream<String> lines(String section) {
    var document = Yaml.text("docs/problems.md");
    int start = document.indexOf("## " + section);
    var table = start < 0 ? "" : document.substring(start + 3).split("\n## ", 2)[0];
    return table.lines().filter(line -> line.startsWith("| `"));
  }
}
