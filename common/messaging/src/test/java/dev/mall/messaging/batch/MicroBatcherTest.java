package dev.mall.messaging.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.messaging.batch.MicroBatcher.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class MicroBatcherTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<MicroBatcher<?, ?>> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(MicroBatcher::stop);
    callers.close();
  }

  /**
   * Whatever the sizes, the poisonous requests, the outages and the time of the shutdown: each
   * caller gets one result, which says whether its request was committed, and a poisonous request
   * is the only one that fails for its own sake.
   */
  @Test
  void answersEachRequestOnceWhateverFails() {
    for (int seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      var handler = new FlakyHandler(random, random.nextInt(10), random.nextInt(4));
      var gatherFor = Duration.ofNanos(random.nextInt(1_000_000));
      var limits = new Limits(random.nextInt(1, 9), gatherFor, random.nextInt(4, 60), LONG);
      var batcher = started(handler, limits);

      var results = submit(batcher, 0, 40);
      if (random.nextBoolean()) {
        result(results.get(random.nextInt(40)));
        batcher.stop();
      }

      var given = results(results);
      batcher.stop();

      for (int request = 0; request < given.size(); request++) {
        assertThat(given.get(request))
            .describedAs("seed %d, request %d", seed, request)
            .isIn(handler.resultsAllowedFor(request));
      }
    }
  }

  @Test
  void handlesTogetherWhatArrivedDuringATransaction() {
    var handler = new ScriptedHandler();
    var batcher = started(handler, limits(10, LONG));

    var first = submit(batcher, 0, 1);
    handler.awaitBegun();
    var others = submit(batcher, 1, 6);
    awaitQueued(batcher, 5);
    handler.release();

    assertThat(results(first)).containsExactly("done");
    assertThat(results(others)).containsOnly("done");
    assertThat(handler.batches()).extracting(List::size).containsExactly(1, 5);
    assertThat(meters.get("test.gathered").summary().totalAmount()).isEqualTo(6);
  }

  @Test
  void shedsAtOnceWhatItCannotQueue() {
    var handler = new ScriptedHandler();
    var batcher = started(handler, limits(2, LONG));
    var first = submit(batcher, 0, 1);
    handler.awaitBegun();

    var others = submit(batcher, 1, 10);
    Awaitility.await()
        .atMost(LONG)
        .until(() -> others.stream().filter(Future::isDone).count() == others.size() - 2);
    handler.release();

    assertThat(results(first)).containsExactly("done");
    assertThat(results(others)).filteredOn("shed"::equals).hasSize(7);
    assertThat(results(others)).filteredOn("done"::equals).hasSize(2);
  }

  @Test
  void neverHandlesARequestWhoseCallerGaveUpAndLeavesABegunOneOpen() {
    var handler = new ScriptedHandler();
    var batcher = started(handler, limits(10, Duration.ofMillis(300)));

    var begun = callers.submit(() -> batcher.submit(0));
    handler.awaitBegun();
    var queued = batcher.submit(1);

    assertThat(queued).isEqualTo("shed");
    assertThatThrownBy(begun::get).hasCauseInstanceOf(QueryTimeoutException.class);

    handler.release();
    Awaitility.await().atMost(LONG).until(() -> batcher.submit(2).equals("done"));
    assertThat(handler.batches()).doesNotContain(List.of(1));
  }

  @Test
  void finishesTheCurrentBatchWhenItStopsAndShedsTheQueue() throws Exception {
    var handler = new ScriptedHandler();
    var batcher = started(handler, limits(10, LONG));
    var current = submit(batcher, 0, 1);
    handler.awaitBegun();
    var queued = submit(batcher, 1, 4);
    awaitQueued(batcher, 3);

    var stopped = callers.submit(() -> batcher.stop());
    Awaitility.await().atMost(LONG).until(() -> !batcher.isRunning());
    handler.release();
    stopped.get();

    assertThat(results(current)).containsExactly("done");
    assertThat(results(queued)).containsOnly("shed");
    assertThat(batcher.submit(4)).isEqualTo("shed");
    assertThat(handler.batches()).containsExactly(List.of(0));
  }

  @Test
  void failsThePoisonousRequestAloneAndTriesNoneThatItBlocks() {
    var handler = new ScriptedHandler();
    var batcher = started(handler, limits(100, LONG));
    var first = submit(batcher, 0, 1);
    handler.awaitBegun();
    handler.poison(3);
    var others = submit(batcher, 1, 31);
    awaitQueued(batcher, 30);
    handler.release();

    assertThat(results(first)).containsExactly("done");
    assertThat(IntStream.range(1, 31).filter(i -> results(others).get(i - 1).equals("failed")))
        .containsExactly(3, 13, 23);
    assertThat(handler.batches())
        .filteredOn(batch -> batch.size() == 1 && batch.getFirst() % 10 == 3)
        .hasSize(1);
  }

  private static Limits limits(int queue, Duration answerWithin) {
    return new Limits(100, Duration.ofMillis(1), queue, answerWithin);
  }

  private MicroBatcher<Integer, String> started(
      BatchHandler<Integer, String> handler, Limits limits) {
    var batcher = new MicroBatcher<>("test", handler, limits, meters);
    batcher.start();
    started.add(batcher);
    return batcher;
  }

  private List<Future<String>> submit(MicroBatcher<Integer, String> batcher, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(request -> callers.submit(() -> batcher.submit(request)))
        .toList();
  }

  private static void awaitQueued(MicroBatcher<?, ?> batcher, int requests) {
    Awaitility.await().atMost(LONG).until(() -> batcher.queued() == requests);
  }

  private static List<String> results(List<Future<String>> results) {
    return results.stream().map(MicroBatcherTest::result).toList();
  }

  private static String result(Future<String> result) {
    try {
      return result.get();
    } catch (ExecutionException failed) {
      return failed.getCause().getMessage();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
