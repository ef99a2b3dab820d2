package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.system.MallClient.Answer;
import dev.mall.system.MallClient.NoAnswer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A bounded crowd that places orders, each with a key, again and again until it is answered; and
 * remembers what was accepted.
 */
final class Shoppers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final MallClient mall;
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private final Map<String, String> acceptedByKey = new ConcurrentHashMap<>();

  Shoppers(MallClient mall) {
    this.mall = mall;
  }

  /** What one shopper wants. */
  record Wish(String customer, Map<String, Integer> items) {}

  /**
   * Starts placing orders, some of them twice; the future ends when each was accepted.
   *
   * @param run names the orders' keys
   */
  Future<?> place(String run, int count, long seed, Supplier<Wish> wishes) {
    var random = new Random(seed);
    var tasks =
        IntStream.range(0, count)
            .mapToObj(i -> order(run + "-" + i, wishes.get(), random.nextInt(10) == 0))
            .toList();
    return Executors.newVirtualThreadPerTaskExecutor()
        .submit(() -> {
          for (var accepted : threads.invokeAll(tasks)) {
            accepted.get();
          }
          return null;
        });
  }

  private java.util.concurrent.Callable<Void> order(String key, Wish wish, boolean twice) {
    return () -> {
      var id = placeUntilAccepted(key, wish);
      acceptedByKey.put(key, id);
      if (twice) {
        assertThat(placeUntilAccepted(key, wish)).as("the same key, the same order").isEqualTo(id);
      }
      return null;
    };
  }

  private String placeUntilAccepted(String key, Wish wish) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var last = "no answer";
    while (System.nanoTime() < end) {
      try {
        var answer = mall.place(wish.customer(), wish.items(), Map.of("Idempotency-Key", key));
        if (answer.status() < 300) {
          return answer.body().get("id").asString();
        }
        last = answer.toString();
        assertThat(answer.status()).as(last).isIn(409, 503);
      } catch (NoAnswer lost) {
        last = lost.toString();
      }
      TimeUnit.MILLISECONDS.sleep(200); // as Retry-After would have it, but more eager
    }
    throw new AssertionError("not accepted in %s: %s".formatted(PATIENCE, last));
  }

  Collection<String> accepted() {
    return acceptedByKey.values();
  }

  /** Waits until every accepted order is final; tells how many ended in which state. */
  Map<String, Integer> awaitFinal(Duration patience) {
    var open = new HashSet<>(accepted());
    var ended = new TreeMap<String, Integer>();
    await("every accepted order is final")
        .atMost(patience)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(() -> {
          settled(open)
              .forEach((id, status) -> {
                open.remove(id);
                ended.merge(status, 1, Integer::sum);
              });
          assertThat(open).as("orders that are not final").isEmpty();
        });
    return ended;
  }

  private Map<String, String> settled(Set<String> open) {
    var settled = new HashMap<String, String>();
    for (var id : List.copyOf(open)) {
      Answer answer;
      try {
        answer = mall.order(id);
      } catch (NoAnswer _) {
        continue;
      }
      if (answer.status() == 200 && !answer.body().get("status").asString().equals("PENDING")) {
        settled.put(id, answer.body().get("status").asString());
      }
    }
    return settled;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
