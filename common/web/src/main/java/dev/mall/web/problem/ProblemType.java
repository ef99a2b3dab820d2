package dev.mall.web.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/** A kind of problem on whose URI clients may branch. */
public interface ProblemType {

  /** The type's words, in any case, with hyphens or underscores between them. */
  String name();

  HttpStatus status();

  /** The title, the same for every occurrence. */
  String title();

  /** Last part of the type's URI, which never changes: lower-case words and hyphens. */
  default String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  default URI uri() {
    return URI.create("https://mall.dev/problems/" + slug());
  }

  /** Returns the type that a refusal declares. */
  static ProblemType of(Class<? extends RequestRefused> refusal) {
    var problem = RequestRefused.declared(refusal);
    return new DeclaredType(problem.type(), HttpStatus.valueOf(problem.status()), problem.title());
  }

  /** Returns the types of a refusal: its own, or its cases' if it is sealed. */
  static Stream<ProblemType> in(Class<? extends RequestRefused> refusal) {
    return refusal.isSealed()
        ? Arrays.stream(refusal.getPermittedSubclasses())
            .flatMap(nested -> in(nested.asSubclass(RequestRefused.class)))
        : Stream.of(of(refusal));
  }

  /** A type that a refusal's {@link Problem} declares. */
  record DeclaredType(String name, HttpStatus status, String title) implements ProblemType {}
}
