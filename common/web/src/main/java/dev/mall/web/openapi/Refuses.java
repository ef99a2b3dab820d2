package dev.mall.web.openapi;

import dev.mall.web.problem.ProblemType;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The problems that one operation answers with beside those that every operation has. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refuses {

  /** An enum of problems. */
  Class<? extends ProblemType> type();

  /** Names of its constants; a name that it does not have fails the document. */
  String[] value();
}
