package dev.mall.gateway.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.gateway.identity.keys.KeySchedule.KeyTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {

  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final KeySchedule SCHEDULE =
      new KeySchedule(Duration.ofDays(30), Duration.ofDays(1), Duration.ofDays(1));

  @Test
  void theFirstKeySignsAtOnce() {
    assertThat(SCHEDULE.successor(List.of(), START)).hasValue(START);
  }

  @Test
  void aSuccessorIsPublishedBeforeItSigns() {
    var keys = List.of(key("a", 0));

    assertThat(SCHEDULE.successor(keys, day(28))).isEmpty();
    assertThat(SCHEDULE.successor(keys, day(29))).hasValue(day(30));
  }

  @Test
  void afterAnOutageTheSuccessorIsStillPublishedAhead() {
    assertThat(SCHEDULE.successor(List.of(key("a", 0)), day(90))).hasValue(day(91));
  }

  @Test
  void afterAnOutageInItsWindowTheSuccessorIsStillPublishedAhead() {
    var almost = day(30).minusSeconds(60);

    assertThat(SCHEDULE.successor(List.of(key("a", 0)), almost))
        .hasValue(almost.plus(Duration.ofDays(1)));
  }

  @Test
  void theNewestKeyOfThePastSigns() {
    var keys = List.of(key("a", 0), key("b", 30));

    assertThat(KeySchedule.signing(keys, day(29)).keyId()).isEqualTo("a");
    assertThat(KeySchedule.signing(keys, day(30)).keyId()).isEqualTo("b");
  }

  @Test
  void aKeyIsRetiredAfterTheLastTokenThatItSigned() {
    var keys = List.of(key("a", 0), key("b", 30));

    assertThat(SCHEDULE.retired(keys, day(31))).isEmpty();
    assertThat(SCHEDULE.retired(keys, day(32))).containsExactly(keys.getFirst());
  }

  /** Steps of random length, up to outages of two months. */
  @Test
  void aSigningKeyWasPublishedAtTheStepBefore() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var keys = new ArrayList<KeyTimes>();
      var madeAt = new HashMap<String, Instant>();
      var now = START;
      for (int step = 0; step < 300; step++) {
        var published = List.copyOf(keys);
        var successor = SCHEDULE.successor(keys, now);
        if (successor.isPresent()) {
          var id = "key-" + madeAt.size();
          madeAt.put(id, now);
          keys.add(new KeyTimes(id, successor.get()));
        }
        keys.removeAll(SCHEDULE.retired(keys, now));
        var signing = KeySchedule.signing(keys, now);
        assertThat(signing.signsFrom()).as("seed %d", seed).isBeforeOrEqualTo(now);
        if (!signing.keyId().equals("key-0")) {
          assertThat(madeAt.get(signing.keyId()))
              .as("seed %d", seed)
              .isBeforeOrEqualTo(signing.signsFrom().minus(SCHEDULE.publishedAhead()));
        }
        if (step > 0) {
          assertThat(published).as("seed %d", seed).contains(signing);
        }
        now =
            now.plus(
                random.nextInt(20) == 0
                    ? Duration.ofDays(60)
                    : Duration.ofMinutes(random.nextInt(2_000)));
      }
    }
  }

  private static KeyTimes key(String id, int day) {
    return new KeyTimes(id, day(day));
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }
}
