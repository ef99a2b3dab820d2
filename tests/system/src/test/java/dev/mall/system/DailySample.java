package dev.mall.system;

import java.time.LocalDate;
import java.util.List;

/**
 * One slice of a list per day, in turn, so that as many days as there are slices have all of it.
 * The seed is the day's number; {@code -Dmall.seed=N} repeats a day.
 */
final class DailySample {

  static final long SEED = Long.getLong("mall.seed", LocalDate.now().toEpochDay());

  private DailySample() {}

  /** Today's slice of so many, of neighbours in their order. */
  static <T> List<T> of(List<T> all, int slices) {
    int turn = Math.floorMod(SEED, slices);
    return all.subList(all.size() * turn / slices, all.size() * (turn + 1) / slices);
  }
}
