package dev.mall.locking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mall.embedded.RedisServer;
import dev.mall.testing.Infrastructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocksIT {

  private static final RedisServer REDIS = Infrastructure.newRedis();

  private final AtomicLong sequence = new AtomicLong();
  private final List<Replica> replicas = new ArrayList<>();
  private Replica one;
  private Replica other;

  @BeforeAll
  static void startRedis() {
    REDIS.start();
  }

  @AfterAll
  static void stopRedis() {
    REDIS.close();
  }

  @BeforeEach
  void startReplicas() {
    one = replica(Duration.ofSeconds(30));
    other = replica(Duration.ofSeconds(30));
  }

  @AfterEach
  void stopReplicas() {
    replicas.forEach(Replica::close);
  }

  @Test
  void holdsEveryNameWhileTheWorkRunsAndNoneAfterwards() {
    var names = Set.of("a", "b", "c");
    var seen = new ArrayList<LockHolder>();

    one.locks.withLock(
        names,
        token -> {
          assertThat(token).isPresent();
          names.forEach(name -> seen.add(other.locks.holderOf(name).orElseThrow()));
        });

    assertThat(seen).extracting(LockHolder::owner).hasSize(3).containsOnly(seen.getFirst().owner());
    assertThat(seen)
        .extracting(LockHolder::remainingLease)
        .allSatisfy(left -> assertThat(left).isBetween(Duration.ZERO, Duration.ofSeconds(30)));
    assertThat(names).allSatisfy(name -> assertThat(one.locks.holderOf(name)).isEmpty());
    assertThat(one.count("acquired")).isEqualTo(1);
  }

  @Test
  void takesNoneIfOneIsBusyAndGoesOnWithoutAToken() {
    one.locks.withLock(
        Set.of("b"),
        _ ->
            other.locks.withLock(
                Set.of("a", "b", "c"),
                token -> {
                  assertThat(token).isEmpty();
                  assertThat(one.locks.holderOf("a")).isEmpty();
                  assertThat(one.locks.holderOf("c")).isEmpty();
                }));

    assertThat(other.count("busy")).isEqualTo(1);
  }

  @Test
  void leavesTheLockOfAnotherAloneWhenItGoesOnWithoutOne() {
    one.locks.withLock(
        Set.of("a"),
        _ -> {
          assertThat(other.token("a")).isEmpty();
          assertThat(one.locks.holderOf("a")).isPresent();
        });
  }

  @Test
  void freesTheLocksWhenTheWorkFails() {
    assertThatThrownBy(() ->
            one.locks.withLock(
                Set.of("a"),
                _ -> {
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");

    assertThat(one.locks.holderOf("a")).isEmpty();
  }

  @Test
  void freesTheLocksAndDoesNotRunWhenTheDatabaseGivesNoToken() {
    var broken =
        track(
            new Replica(
                Replica.properties(REDIS.url(), Duration.ofSeconds(30)),
                () -> {
                  throw new IllegalStateException("database down");
                }));

    assertThatThrownBy(() -> broken.token("a")).hasMessage("database down");

    assertThat(one.locks.holderOf("a")).isEmpty();
  }

  @Test
  void givesTokensInTheOrderInWhichTheLocksWereHeld() throws Exception {
    var holders = new AtomicInteger();
    var tokens = Collections.synchronizedList(new ArrayList<Long>());
    Callable<Void> worker =
        () -> {
          for (int i = 0; i < 50; i++) {
            var replica = i % 2 == 0 ? one : other;
            replica.locks.withLock(
                Set.of("hot", "own-" + Thread.currentThread().threadId()),
                token ->
                    token.ifPresent(drawn -> {
                      assertThat(holders.incrementAndGet()).isEqualTo(1);
                      tokens.add(drawn);
                      holders.decrementAndGet();
                    }));
          }
          return null;
        };

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(Collections.nCopies(6, worker))) {
        done.get();
      }
    }

    assertThat(tokens).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(100);
  }

  @Test
  void letsAnotherInWhenTheHolderSleptThroughItsLeaseAndFreesNothingOfTheirs() throws Exception {
    var sleeper = replica(Duration.ofMillis(300));
    var asleep = new CountDownLatch(1);
    var wakeUp = new CountDownLatch(1);
    var sleepersToken = new AtomicReference<OptionalLong>();
    var thread =
        Thread.ofVirtual()
            .start(() ->
                sleeper.locks.withLock(
                    Set.of("a"),
                    token -> {
                      sleepersToken.set(token);
                      asleep.countDown();
                      awaitUninterrupted(wakeUp);
                    }));
    asleep.await();
    await().until(() -> one.locks.holderOf("a").isEmpty());

    one.locks.withLock(
        Set.of("a"),
        token -> {
          assertThat(token.orElseThrow()).isGreaterThan(sleepersToken.get().orElseThrow());
          var ours = one.locks.holderOf("a");
          wakeUp.countDown();
          join(thread);
          assertThat(one.locks.holderOf("a").map(LockHolder::owner))
              .isEqualTo(ours.map(LockHolder::owner));
        });
  }

  @Test
  void trustsNoTokenDrawnWhenTheLeaseIsNearlyOver() {
    var clock = new AtomicLong();
    var slow =
        track(
            new Replica(
                Replica.properties(REDIS.url(), Duration.ofSeconds(30)),
                () -> {
                  clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(29_950)); // all but the margin
                  return 1;
                },
                clock::get));

    assertThat(slow.token("a")).isEmpty();

    assertThat(slow.count("late")).isEqualTo(1);
  }

  @Test
  void isNotifiedOfReleasesOnOtherReplicas() {
    await()
        .untilAsserted(() -> {
          long seen = one.released.releases();
          other.token("a");
          one.released.awaitAnotherThan(seen, TimeUnit.MILLISECONDS.toNanos(50));
          assertThat(one.released.releases()).isGreaterThan(seen);
        });
  }

  @Test
  void callsNoLockStoreWithoutAnythingToLock() {
    var nowhere =
        track(
            new Replica(Replica.properties("redis://nowhere:1", Duration.ofSeconds(30)), () -> 1));

    assertThat(nowhere.token()).isEmpty();

    assertThat(nowhere.count("unavailable")).isZero();
  }

  @Test
  void threeHundredNamesTakeNoMoreRoundTripsThanOne() {
    one.token("warm-up");
    var many = IntStream.range(0, 300).mapToObj("many-%d"::formatted).toArray(String[]::new);

    long start = commands();
    assertThat(one.token("single")).isPresent();
    long forOne = commands() - start;
    start = commands();
    assertThat(one.token(many)).isPresent();
    long forMany = commands() - start;

    assertThat(forMany).isEqualTo(forOne).isEqualTo(2);
  }

  /** How many scripts Redis was sent so far. */
  private static long commands() {
    var address = URI.create(REDIS.url());
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write("INFO commandstats\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      var stats = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Pattern.compile("cmdstat_(?:eval|evalsha):calls=(\\d+)")
          .matcher(stats)
          .results()
          .mapToLong(calls -> Long.parseLong(calls.group(1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Replica replica(Duration lease) {
    return track(new Replica(Replica.properties(REDIS.url(), lease), sequence::incrementAndGet));
  }

  private Replica track(Replica replica) {
    replicas.add(replica);
    return replica;
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
