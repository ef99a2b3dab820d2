package dev.mall.inventory.web;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a SKU may look like. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Pattern(regexp = "[A-Za-z0-9._-]{1,64}")
@Parameter(description = "The product's SKU.", example = "espresso-cup")
@interface Sku {

  String message() default "must be 1 to 64 letters, digits, dots, underscores or hyphens";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
