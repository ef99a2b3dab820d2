package dev.mall.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.HelpText;
import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierOptionsTest {

  @TempDir Path directory;

  @Test
  void combines() throws Exception {
    var ids = Files.writeString(directory.resolve("ids"), "3\n\n4\n").toString();

    var line =
        VerifierOptions.parse(
            "--live",
            "--json",
            "--planted",
            "1",
            "2",
            ids,
            "--within",
            "90",
            "--late",
            "5",
            "--show",
            "3");

    assertThat(line.json()).isTrue();
    assertThat(line.settings())
        .isEqualTo(
            VerifierSettings.USUAL
                .asLive()
                .planted(Set.of(1L, 2L, 3L, 4L))
                .waiting(Duration.ofSeconds(90))
                .late(Duration.ofSeconds(5))
                .showing(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nonsense",
        "127",
        "--within",
        "--within soon",
        "--late -1",
        "--planted",
        "--planted order",
        "--accepted nowhere",
        "--databases nowhere",
        "--db warehouse=jdbc:postgresql:x",
        "--late 1 --late 2"
      })
  void refusesWhatItDoesNotUnderstand(String line) {
    assertThatThrownBy(() -> VerifierOptions.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .message()
        .isNotBlank();
  }

  @Test
  void explainsEveryOption() {
    assertThat(HelpText.of("verify")).contains(OptionParser.names(new VerifierOptions()));
  }

  @Test
  void needsEveryDatabase() {
    var line = VerifierOptions.parse("--db", "order=jdbc:postgresql://localhost/mall_order");

    assertThatThrownBy(line::databases).hasMessageContaining("MALL_INVENTORY_DB_URL is missing");
  }
}
