package dev.mall.web;

import java.io.IOException;
import java.io.Serial;

/** The body holds a NUL byte: UTF-16 or UTF-32, which JSON parsers detect and accept. */
final class NotUtf8Exception extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  NotUtf8Exception() {
    super("the body is not UTF-8");
  }
}
