package dev.mall.web.problem;

/**
 * One value that is to blame.
 *
 * @param field a path into the body like {@code items[0].quantity}, or the name of a parameter or
 *     header
 * @param message completes the sentence "{@code field} ...", like "must be at most 999"
 */
public record FieldError(String field, String message) {}
