package dev.mall.web.openapi;

import dev.mall.web.problem.RequestRefused;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The refusals of one operation, in addition to the problems of every operation. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refuses {

  /** Refusals; a sealed one stands for all of its cases. */
  Class<? extends RequestRefused>[] value();
}
