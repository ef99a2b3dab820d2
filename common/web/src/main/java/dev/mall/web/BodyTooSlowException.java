package dev.mall.web;

import java.io.IOException;
import java.io.Serial;

/** The body took longer to arrive than is allowed; its reader must stop. */
final class BodyTooSlowException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  BodyTooSlowException() {
    super("the body arrives too slowly");
  }
}
