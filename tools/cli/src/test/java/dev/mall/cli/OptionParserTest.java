package dev.mall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Option;

class OptionParserTest {

  private enum Colour {
    RED,
    GREEN
  }

  private static final class Options {
    @Option(names = "--count")
    private int count = 3;

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--colour")
    private Colour colour = Colour.RED;

    @Option(names = "--name")
    private List<String> names = List.of();
  }

  @Test
  void setsFieldsAndKeepsDefaults() {
    var options =
        OptionParser.parse(
            new Options(), "--quick", "--name", "a", "--name", "b", "--colour", "green");

    assertThat(options.count).isEqualTo(3);
    assertThat(options.quick).isTrue();
    assertThat(options.colour).isEqualTo(Colour.GREEN);
    assertThat(options.names).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fast                | there is no option --fast",
        "more                  | there is no option more",
        "--count               | --count needs a value",
        "--count --quick       | --count needs a value",
        "--count many          | --count needs a number, not 'many'",
        "--count 99999999999   | --count needs a number, not '99999999999'",
        "--colour blue         | --colour needs RED or GREEN, not 'blue'",
        "--count 1 --count 2   | --count is given more than once",
        "--quick --quick       | --quick is given more than once"
      })
  void saysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> OptionParser.parse(new Options(), line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void namesTheRange() {
    assertThat(OptionParser.inRange("--count", 5, 1, 5)).isEqualTo(5);
    assertThatThrownBy(() -> OptionParser.inRange("--count", 6, 1, 5))
        .hasMessage("--count needs a number from 1 to 5, not '6'");
  }

  @Test
  void listsTheOptions() {
    assertThat(OptionParser.names(new Options()))
        .containsExactly("--colour", "--count", "--name", "--quick");
  }
}
