package dev.mall.gateway.identity.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides which key signs, when its successor is made, and when a key is no longer published.
 *
 * @param signsFor how long a key signs
 * @param publishedAhead how long a key is published before it signs, so that services that cache
 *     keys know it by then
 * @param publishedAfter how long a key is published after it signed last: above the lifetime of a
 *     token
 */
record KeySchedule(Duration signsFor, Duration publishedAhead, Duration publishedAfter) {

  KeySchedule {
    if (!publishedAhead.isPositive() || signsFor.compareTo(publishedAhead) <= 0) {
      throw new IllegalArgumentException("a key must sign for longer than it is published ahead");
    }
  }

  /** Times of one key. */
  record KeyTimes(String keyId, Instant signsFrom) {}

  /**
   * Returns when the next key begins to sign, if it is time to make it.
   *
   * @param keys all that exist
   */
  Optional<Instant> successor(List<KeyTimes> keys, Instant now) {
    var last = keys.stream().map(KeyTimes::signsFrom).max(Comparator.naturalOrder());
    if (last.isEmpty()) {
      return Optional.of(now);
    }
    var regular = last.get().plus(signsFor);
    var earliest = now.plus(publishedAhead);
    return regular.isAfter(earliest) ? Optional.empty() : Optional.of(earliest);
  }

  /**
   * Returns the key that signs.
   *
   * @param keys at least one
   */
  static KeyTimes signing(List<KeyTimes> keys, Instant now) {
    return keys.stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .max(Comparator.comparing(KeyTimes::signsFrom))
        .orElseGet(
            () -> keys.stream().min(Comparator.comparing(KeyTimes::signsFrom)).orElseThrow());
  }

  /** Returns the keys by which no valid token is signed any more. */
  List<KeyTimes> retired(List<KeyTimes> keys, Instant now) {
    return keys.stream().filter(key -> isRetired(key, keys, now)).toList();
  }

  private boolean isRetired(KeyTimes key, List<KeyTimes> keys, Instant now) {
    return keys.stream()
        .map(KeyTimes::signsFrom)
        .filter(signsFrom -> signsFrom.isAfter(key.signsFrom()))
        .min(Comparator.naturalOrder())
        .filter(signedUntil -> signedUntil.plus(publishedAfter).isBefore(now))
        .isPresent();
  }
}
