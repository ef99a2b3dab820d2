package dev.mall.conventions;

/** A piece of text that people read, and the line of its file on which it begins. */
record Prose(int line, String text) {

  int lineOf(int offset) {
    return line + lineAt(text, offset) - 1;
  }

  static int lineAt(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }
}
