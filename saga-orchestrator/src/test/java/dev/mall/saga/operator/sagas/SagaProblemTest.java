package dev.mall.saga.operator.sagas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SagaProblemTest {

  @ParameterizedTest
  @EnumSource
  void standsInTheListOfProblems(SagaProblem problem) throws IOException {
    assertThat(Files.readString(Path.of("../docs/problems.md")))
        .contains("| `%s` | %d |".formatted(problem.slug(), problem.status().value()));
  }
}
