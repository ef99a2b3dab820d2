package dev.mall.launcher.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void coloursOnlyWhereItIsSeen() {
    terminal(false).bad("no");
    assertThat(written()).isEqualTo("  ✗ no\n");

    terminal(true).bad("no");
    assertThat(written()).contains("\u001b[31m");
  }

  @Test
  void writesMoneyAsPeopleDo() {
    assertThat(Terminal.money(12_50, "EUR")).isEqualTo("12.50 EUR");
    assertThat(Terminal.money(5, "EUR")).isEqualTo("0.05 EUR");
    assertThat(Terminal.money(-105, "EUR")).isEqualTo("-1.05 EUR");
  }

  private Terminal terminal(boolean colour) {
    return new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), colour);
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
