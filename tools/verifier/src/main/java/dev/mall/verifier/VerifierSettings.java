package dev.mall.verifier;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of a verification.
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
public record VerifierSettings(
    boolean live,
    Duration patience,
    Duration finalFor,
    Duration late,
    Set<Long> planted,
    Optional<Path> accepted,
    int shown) {

  public static final VerifierSettings USUAL =
      new VerifierSettings(
          false,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Set.of(),
          Optional.empty(),
          10);

  public VerifierSettings {
    planted = Set.copyOf(planted);
  }

  public VerifierSettings asLive() {
    return new VerifierSettings(true, patience, finalFor, late, planted, accepted, shown);
  }

  public VerifierSettings waiting(Duration patience) {
    return new VerifierSettings(live, patience, finalFor, late, planted, accepted, shown);
  }

  public VerifierSettings finalFor(Duration finalFor) {
    return new VerifierSettings(live, patience, finalFor, late, planted, accepted, shown);
  }

  public VerifierSettings late(Duration late) {
    return new VerifierSettings(live, patience, finalFor, late, planted, accepted, shown);
  }

  public VerifierSettings planted(Set<Long> planted) {
    return new VerifierSettings(live, patience, finalFor, late, planted, accepted, shown);
  }

  public VerifierSettings accepted(Path journal) {
    return new VerifierSettings(
        live, patience, finalFor, late, planted, Optional.of(journal), shown);
  }

  public VerifierSettings showing(int shown) {
    return new VerifierSettings(live, patience, finalFor, late, planted, accepted, shown);
  }
}
