package dev.mall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
  void obeysTheEnvironment() {
    assertThat(Terminal.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
    assertThat(Terminal.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.wantsColour(Map.of("TERM", "dumb"))).isFalse();
  }

  private Terminal terminal(boolean colour) {
    return new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), colour);
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
