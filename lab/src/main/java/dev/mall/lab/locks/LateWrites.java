package dev.mall.lab.locks;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.history.Violation;
import java.util.List;
import java.util.OptionalLong;

/** The judge of experiments in which a late holder writes after a later one. */
final class LateWrites {

  static final String CLAIM =
      "Once a later holder of the lock has written, no write of an earlier holder is accepted.";

  private LateWrites() {}

  /** The lock was acquired; later acquisitions are later events. */
  record Acquisition(String worker, String lock, OptionalLong token) {
    @Override
    public String toString() {
      return lock + (token.isPresent() ? ", token " + token.getAsLong() : "");
    }
  }

  /** A write under the lock, as the storage decided it. */
  record Write(String worker, boolean accepted) {
    @Override
    public String toString() {
      return accepted ? "accepted" : "refused: a greater token was here";
    }
  }

  static List<Violation> violations(History history) {
    var accepted =
        history.facts(Write.class).stream().filter(write -> write.value().accepted()).toList();
    return accepted.stream()
        .flatMap(late ->
            accepted.stream()
                .filter(before -> before.event().number() < late.event().number())
                .filter(before -> acquiredAt(before, history) > acquiredAt(late, history))
                .map(before ->
                    Violation.of(
                        "The write of %s, an earlier holder, replaced that of %s, a later one"
                            .formatted(late.value().worker(), before.value().worker()),
                        before,
                        late)))
        .toList();
  }

  private static int acquiredAt(Fact<Write> write, History history) {
    return history.facts(Acquisition.class).stream()
        .filter(acquisition -> acquisition.value().worker().equals(write.value().worker()))
        .mapToInt(acquisition -> acquisition.event().number())
        .max()
        .orElseThrow();
  }
}
