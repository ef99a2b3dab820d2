package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScanWatermarkTest {

  private static final long LONGEST = Duration.ofSeconds(10).toNanos();

  private final ScanWatermark floor = new ScanWatermark(Duration.ofSeconds(10), 0);

  @Test
  void staysWhileATransactionOfThatTimeMayStillCommit() {
    floor.emptied(100, true, 1);
    floor.emptied(0, true, 2 * LONGEST - 1);

    assertThat(floor.value()).isZero();
  }

  @Test
  void risesToWhatWasSeenLongEnoughAgo() {
    floor.emptied(100, true, 1);
    floor.emptied(200, true, 2 * LONGEST);
    floor.emptied(300, true, 4 * LONGEST);

    assertThat(floor.value()).isEqualTo(100);
  }

  @Test
  void waitsForAScanThatReachedTheCandidate() {
    floor.emptied(100, true, 1);
    floor.emptied(200, true, 2 * LONGEST);

    floor.emptied(50, false, 4 * LONGEST);

    assertThat(floor.value()).isZero();
  }

  /** Transactions take numbers, commit late and out of order, but within the limit. */
  @Test
  void neverPassesARowThatIsStillToCome() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var relay = new ScanWatermark(Duration.ofSeconds(10), 0);
      var open = new ArrayList<long[]>(); // number, time of commit
      var visible = new TreeSet<Long>();
      long time = 0;
      long next = 1;
      for (int step = 0; step < 400; step++) {
        time += random.nextLong(LONGEST / 4);
        for (int i = random.nextInt(4); i > 0; i--) {
          open.add(new long[] {next++, time + random.nextLong(LONGEST)});
        }
        long now = time;
        open.removeIf(row -> row[1] <= now && visible.add(row[0]));
        assertThat(visible.headSet(relay.value(), true)).as("seed %d", seed).isEmpty();
        scan(relay, visible, 1 + random.nextInt(6), now);
      }
      assertThat(relay.value()).as("seed %d: it does rise", seed).isPositive();
    }
  }

  private static void scan(ScanWatermark relay, TreeSet<Long> visible, int limit, long now) {
    var found = List.copyOf(visible).subList(0, Math.min(limit, visible.size()));
    found.forEach(visible::remove);
    relay.emptied(found.isEmpty() ? 0 : found.getLast(), found.size() < limit, now);
  }
}
