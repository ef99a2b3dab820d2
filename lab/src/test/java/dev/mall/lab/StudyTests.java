package dev.mall.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.lab.page.StudyPages;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.ExperimentRun;
import dev.mall.lab.study.Study;
import dev.mall.lab.trial.Servers;
import dev.mall.lab.trial.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each study shows its claim, twice in the same way, and has the page that says so. */
abstract class StudyTests {

  private static final Path DOCUMENTS = Path.of("..").resolve(LabMain.DOCUMENTS);
  private static final Pattern MEASURED_CELL = Pattern.compile("\\| \\*[^|]*\\* (?=\\|)");
  private static final Servers SERVERS = new Servers();

  @AfterAll
  static void stopServers() {
    SERVERS.close();
  }

  static Stream<Study> of(Effort effort) {
    return Chapters.studies().filter(study -> study.effort() == effort);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("studies")
  void showsItsClaimTwiceInTheSameWay(Study study) throws Exception {
    switch (study) {
      case Experiment experiment -> {
        var first = ExperimentRun.of(experiment, SERVERS, 1);
        assertThat(first.contradictions()).isEmpty();

        var second = StudyPages.of(ExperimentRun.of(experiment, SERVERS, 1));
        assertThat(second).isEqualTo(StudyPages.of(first));
        assertThat(stored(second)).as("./mall lab %s --write", study.name()).isEqualTo(second);

        var other = ExperimentRun.of(experiment, SERVERS, 20_261);
        assertThat(other.contradictions()).as("another seed").isEmpty();
      }
      case Comparison comparison -> {
        var first = compared(comparison);
        assertThat(compared(comparison)).isEqualTo(first);
        assertThat(masked(stored(first)))
            .as("./mall lab %s --write", study.name())
            .isEqualTo(first);
      }
    }
  }

  /** Its page, without what is measured. */
  private static Map<String, String> compared(Comparison comparison) throws Exception {
    try (var trial = new Trial(SERVERS, 1)) {
      var page = comparison.name() + ".md";
      return masked(Map.of(page, StudyPages.of(comparison, comparison.compare(trial)).get(page)));
    }
  }

  private static Map<String, String> masked(Map<String, String> pages) {
    return pages.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                page -> MEASURED_CELL.matcher(page.getValue()).replaceAll("| *…* ")));
  }

  private static Map<String, String> stored(Map<String, String> pages) throws Exception {
    var found = new LinkedHashMap<String, String>();
    for (var name : pages.keySet()) {
      var file = DOCUMENTS.resolve(name);
      found.put(name, Files.exists(file) ? Files.readString(file) : "no such file");
    }
    return found;
  }
}
