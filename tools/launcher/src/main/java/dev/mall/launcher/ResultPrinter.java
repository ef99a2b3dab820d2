package dev.mall.launcher;

import dev.mall.cli.Terminal;
import java.util.List;

/** The last word on a tour. */
final class ResultPrinter {

  private ResultPrinter() {}

  static void print(Terminal terminal, List<String> complaints, String whatAgrees) {
    terminal.title(complaints.isEmpty() ? "It all adds up" : "It does not add up");
    if (complaints.isEmpty()) {
      terminal.good("every order ended as announced");
      terminal.good(whatAgrees);
    }
    complaints.forEach(terminal::bad);
  }
}
