package dev.mall.web.problem;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problem that a {@link RequestRefused} is answered with; {@code docs/problems.md} lists it.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Problem {

  /** Last part of the type's URI, which never changes: lower case words and hyphens. */
  String type();

  /** The HTTP status. */
  int status();

  /** The title, the same for every occurrence. */
  String title();

  /** Seconds after which the request may be sent again; zero where that would not help. */
  int retryAfter() default 0;
}
