package dev.mall.verifier;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the books are judged.
 *
 * @param live whether orders are under way and things may be broken: then only what must hold at
 *     any moment is held against the mall
 * @param patience how long is waited until nothing is under way; not waited if live
 * @param finalFor while something is under way, only orders final for longer are judged
 * @param late how long anything may be past its time
 * @param planted orders that are meant to be in trouble
 * @param accepted a journal of accepted orders
 * @param shown how many violations of each kind are kept
 */
public record Settings(
    boolean live,
    Duration patience,
    Duration finalFor,
    Duration late,
    Set<Long> planted,
    Optional<Path> accepted,
    int shown) {

  public static final Settings USUAL =
      new Settings(
          false,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Set.of(),
          Optional.empty(),
          10);

  public Settings {
    planted = Set.copyOf(planted);
  }

  public Settings asLive() {
    return new Settings(true, patience, finalFor, late, planted, accepted, shown);
  }

  public Settings waiting(Duration patience) {
    return new Settings(live, patience, finalFor, late, planted, accepted, shown);
  }

  public Settings finalFor(Duration finalFor) {
    return new Settings(live, patience, finalFor, late, planted, accepted, shown);
  }

  public Settings late(Duration late) {
    return new Settings(live, patience, finalFor, late, planted, accepted, shown);
  }

  public Settings planted(Set<Long> planted) {
    return new Settings(live, patience, finalFor, late, planted, accepted, shown);
  }

  public Settings accepted(Path journal) {
    return new Settings(live, patience, finalFor, late, planted, Optional.of(journal), shown);
  }

  public Settings showing(int shown) {
    return new Settings(live, patience, finalFor, late, planted, accepted, shown);
  }
}
