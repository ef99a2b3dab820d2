package dev.mall.lab.locks;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.history.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The judge of experiments in which at most one worker may hold a lock at a time. */
final class Exclusion {

  private Exclusion() {}

  /** An attempt to acquire the lock without waiting, as the client library answered it. */
  record Attempt(String worker, boolean acquired) {
    @Override
    public String toString() {
      return acquired ? "acquired" : "busy";
    }
  }

  /**
   * From here on the worker may not count on the lock any more.
   *
   * @param reason as the diagram shows it
   */
  record End(String worker, String reason) {
    @Override
    public String toString() {
      return reason;
    }
  }

  /** Acquisitions by a worker while another one held the lock. */
  static List<Violation> violations(History history) {
    var found = new ArrayList<Violation>();
    @Nullable Fact<Attempt> holder = null;
    for (var event : history.events()) {
      if (event.fact() instanceof Attempt attempt && attempt.acquired()) {
        var acquisition = new Fact<>(event, attempt);
        if (holder != null && !holder.value().worker().equals(attempt.worker())) {
          found.add(
              Violation.of(
                  "%s acquired the lock while %s held it"
                      .formatted(attempt.worker(), holder.value().worker()),
                  holder,
                  acquisition));
        }
        holder = acquisition;
      } else if (event.fact() instanceof End end
          && holder != null
          && holder.value().worker().equals(end.worker())) {
        holder = null;
      }
    }
    return found;
  }
}
