package dev.mall.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.HelpText;
import dev.mall.cli.OptionParser;
import dev.mall.cli.Terminal;
import dev.mall.cli.UsageException;
import dev.mall.lab.study.Study;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabMainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void listsEveryStudyWithoutRunningAny() throws Exception {
    assertThat(run()).isZero();

    assertThat(printed())
        .contains(Chapters.studies().map(Study::name).toList())
        .contains(Chapters.studies().map(Study::title).toList())
        .doesNotContain("Verdict");
  }

  @Test
  void runsNothingUnderAnUnknownName() throws Exception {
    assertThat(run("locks/none")).isEqualTo(2);

    assertThat(printed()).isEmpty();
  }

  @Test
  void namesWhatThereIsInsteadOfAnUnknownName() {
    assertThatThrownBy(() -> LabOptions.parse("locks/none").studies())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("There is no experiment 'locks/none'")
        .hasMessageContaining(Chapters.studies().map(Study::name).findFirst().orElseThrow());
  }

  @Test
  void takesAStudyAChapterOrAll() {
    assertThat(LabOptions.parse("locks/lease-expiry").studies())
        .extracting(Study::name)
        .containsExactly("locks/lease-expiry");
    assertThat(LabOptions.parse("locks").studies())
        .isNotEmpty()
        .allMatch(study -> study.chapter().equals("locks"));
    assertThat(LabOptions.parse("--all", "--seed", "7").studies())
        .hasSize((int) Chapters.studies().count());
    assertThat(LabOptions.parse("--seed", "7").seed()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seed", "--seed x", "--fast", "locks more", "--all locks"})
  void refusesWhatMakesNoSense(String line) {
    assertThatThrownBy(() -> LabOptions.parse(line.split(" "))).isInstanceOf(UsageException.class);
  }

  @Test
  void hasEveryOptionInItsHelp() throws Exception {
    assertThat(HelpText.of("lab")).contains(OptionParser.names(new LabOptions()));
    assertThat(run("--help")).isZero();
    assertThat(printed()).contains("./mall lab [NAME");
  }

  private int run(String... arguments) throws InterruptedException {
    return LabMain.run(
        new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false), arguments);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
