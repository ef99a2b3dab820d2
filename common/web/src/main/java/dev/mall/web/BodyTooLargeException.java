package dev.mall.web;

import java.io.IOException;
import java.io.Serial;

/** The body turned out longer than is taken; whoever reads it must stop. */
final class BodyTooLargeException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  BodyTooLargeException(long limit) {
    super("the body is longer than " + limit + " bytes");
  }
}
