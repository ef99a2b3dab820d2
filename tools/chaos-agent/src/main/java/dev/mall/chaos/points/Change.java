package dev.mall.chaos.points;

/** How a {@link Mutation} changes a class. */
public sealed interface Change {

  /** The class below {@code dev.mall}, as class files name it. */
  String type();

  /** The class, as class files name it. */
  default String className() {
    return "dev/mall/" + type();
  }

  /** A method without a result returns at once. */
  record DoNothing(String type, String method) implements Change {}

  /** A method answers with an empty list at once. */
  record AnswerNone(String type, String method) implements Change {}

  /** The relay's shipment holds all rows that were to be sent. */
  record AnswerAllSent(String type, String method) implements Change {}

  /** A method leaves out its calls of another that has no result. */
  record DropCall(String type, String method, String callee) implements Change {}

  /** A text, such as a part of an SQL statement, reads otherwise. */
  record OtherText(String type, String text, String instead) implements Change {}
}
