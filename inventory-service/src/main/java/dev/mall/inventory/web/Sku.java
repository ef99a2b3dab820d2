package dev.mall.inventory.web;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The format of a SKU. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Size(max = 64)
@Pattern(regexp = Sku.REGEXP)
@Parameter(description = "The product's SKU.", example = "espresso-cup")
@interface Sku {

  /** Not only dots: clients and proxies resolve . and .. before they send a path. */
  String REGEXP = "\\.{0,63}[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}";

  String FORMAT =
      "must be 1 to 64 letters, digits, dots, underscores or hyphens, and not only dots";

  String message() default FORMAT;

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
