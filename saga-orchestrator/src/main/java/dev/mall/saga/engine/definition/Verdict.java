package dev.mall.saga.engine.definition;

/** The meaning of a reply for the saga that waited for it. */
public sealed interface Verdict {

  /** The step is done: the saga continues. */
  record Advance() implements Verdict {}

  /**
   * A clear no: the step did nothing and will not.
   *
   * @param reason why the saga will have failed, as one word for machines
   * @param detail the same for people
   */
  record Refuse(String reason, String detail) implements Verdict {}

  /** An answer that should not be possible: a person must look. */
  record Contradict(String why) implements Verdict {}

  static Verdict advance() {
    return new Advance();
  }

  static Verdict refuse(Enum<?> reason, Object detail) {
    return new Refuse(reason.name(), detail.toString());
  }

  static Verdict contradict(String why) {
    return new Contradict(why);
  }
}
