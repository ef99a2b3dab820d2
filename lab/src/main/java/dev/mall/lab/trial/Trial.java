package dev.mall.lab.trial;

import dev.mall.embedded.KafkaServer;
import dev.mall.embedded.PostgresServer;
import dev.mall.embedded.RedisServer;
import dev.mall.embedded.Server;
import dev.mall.lab.history.History;
import dev.mall.lab.history.HistoryRecorder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One half of an experiment under way. The thread that runs the schedule has each {@link Node} take
 * its steps, one after the other, and so decides their order.
 *
 * <p>Closing it ends the nodes' threads and closes what was opened, the newest first.
 */
public final class Trial implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(5);

  private final Servers servers;
  private final long seed;
  private final Random random;
  private final HistoryRecorder recorder = new HistoryRecorder();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private @Nullable RedisServer redis;

  public Trial(Servers servers, long seed) {
    this.servers = servers;
    this.seed = seed;
    this.random = new Random(seed);
  }

  public long seed() {
    return seed;
  }

  /** Numbers that are the same for the same seed. */
  public Random random() {
    return random;
  }

  /**
   * A process, client or server of the diagram, to the right of those before it.
   *
   * @throws IllegalArgumentException if there is one of this name
   */
  public Node node(String name) {
    recorder.node(name);
    return opened(new Node(name, recorder));
  }

  /** The history so far. */
  public History history() {
    return recorder.history();
  }

  /** Closes the resource at the end, before those that were opened earlier. */
  public <R extends AutoCloseable> R opened(R resource) {
    opened.push(resource);
    return resource;
  }

  /** The Redis that all experiments share, which this trial finds empty. Not to be stopped. */
  public RedisServer redis() {
    var shared = redis;
    if (shared == null) {
      shared = servers.emptyRedis();
      redis = shared;
    }
    return shared;
  }

  /** The Kafka that all experiments share. Not to be stopped. */
  public KafkaServer kafka() {
    return servers.kafka();
  }

  /** The name of a topic that no other trial has; not for labels, since it varies. */
  public String topic(String beginning) {
    return beginning + "-" + servers.nextNumber();
  }

  /** A new, empty database on the PostgreSQL that all experiments share. */
  public TrialDatabase database() {
    return servers.newDatabase();
  }

  /**
   * A server of another kind that all experiments share, such as a cluster; the only one of its
   * type. Each trial repairs what the one before it broke.
   *
   * @param start called if no trial asked before
   * @param stop called at the end of all trials
   */
  public <S> S shared(Class<S> type, Supplier<S> start, Consumer<S> stop) {
    return servers.shared(type, start, stop);
  }

  /** A running Redis of this trial's own, which it may stop, freeze and empty. */
  public RedisServer newRedis() {
    return started(Servers.freshRedis());
  }

  /** A running PostgreSQL of this trial's own; its start takes about a second. */
  public PostgresServer newPostgres() {
    return started(Servers.freshPostgres());
  }

  /** A running Kafka of this trial's own; its start takes about three seconds. */
  public KafkaServer newKafka() {
    return started(Servers.freshKafka());
  }

  /**
   * Waits for a condition that no step returns, such as a statement that waits for a row lock.
   *
   * @throws IllegalStateException if it does not come true within 30 s
   */
  public void await(String condition, BooleanSupplier isTrue) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isTrue.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "after %d s it was not so: %s".formatted(PATIENCE.toSeconds(), condition));
      }
      Thread.sleep(POLL);
    }
  }

  /**
   * @throws IllegalStateException if something could not be closed; the rest is closed all the same
   */
  @Override
  public void close() {
    var failures = new ArrayList<Exception>();
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) { // declared so by AutoCloseable
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      var failed = new IllegalStateException("not closed: " + failures, failures.getFirst());
      failures.stream().skip(1).forEach(failed::addSuppressed);
      throw failed;
    }
  }

  private <S extends Server> S started(S server) {
    opened(server).start();
    return server;
  }
}
