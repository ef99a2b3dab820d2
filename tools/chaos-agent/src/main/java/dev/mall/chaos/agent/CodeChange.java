package dev.mall.chaos.agent;

/** How a {@link Mutation} changes a class. */
public sealed interface CodeChange {

  /** The class below {@code dev.mall}, as class files name it. */
  String type();

  /** The class, as class files name it. */
  default String className() {
    return "dev/mall/" + type();
  }

  /** A method without a result returns at once. */
  record DoNothing(String type, String method) implements CodeChange {}

  /** A method answers with an empty list at once. */
  record AnswerNone(String type, String method) implements CodeChange {}

  /** A method answers with zero, a {@code long}, at once. */
  record AnswerZero(String type, String method) implements CodeChange {}

  /** The relay's shipment holds all rows that were to be sent. */
  record AnswerAllSent(String type, String method) implements CodeChange {}

  /** A method leaves out its calls of another that has no result. */
  record DropCall(String type, String method, String callee) implements CodeChange {}

  /** A text, such as a part of an SQL statement, reads otherwise. */
  record OtherText(String type, String text, String instead) implements CodeChange {}
}
