package dev.mall.lab.trial;

import dev.mall.embedded.EmbeddedKafka;
import dev.mall.embedded.EmbeddedPostgres;
import dev.mall.embedded.EmbeddedRedis;
import dev.mall.embedded.KafkaServer;
import dev.mall.embedded.Place;
import dev.mall.embedded.PostgresServer;
import dev.mall.embedded.RedisServer;
import dev.mall.embedded.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The servers that the experiments of a JVM share, each started when the first one asks for it. */
public final class Servers implements AutoCloseable {

  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final Map<Class<?>, Object> others = new HashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private @Nullable PostgresServer postgres;
  private @Nullable RedisServer redis;
  private @Nullable KafkaServer kafka;

  synchronized PostgresServer postgres() {
    var server = postgres;
    if (server == null) {
      server = started(freshPostgres());
      postgres = server;
    }
    return server;
  }

  synchronized KafkaServer kafka() {
    var server = kafka;
    if (server == null) {
      server = started(freshKafka());
      kafka = server;
    }
    return server;
  }

  synchronized RedisServer emptyRedis() {
    var server = redis;
    if (server == null) {
      server = started(freshRedis());
      redis = server;
    }
    empty(URI.create(server.url()));
    return server;
  }

  /** The only one of its type, started when the first experiment asks for it. */
  synchronized <S> S shared(Class<S> type, Supplier<S> start, Consumer<S> stop) {
    var known = others.get(type);
    if (known != null) {
      return type.cast(known);
    }
    var server = start.get();
    stops.push(() -> stop.accept(server));
    others.put(type, server);
    return server;
  }

  TrialDatabase newDatabase() {
    var server = postgres();
    var name = "lab_" + nextNumber();
    server.createDatabase(name);
    return new TrialDatabase(
        name, server.jdbcUrl(name), server.password(), server.dataSource(name));
  }

  /** Never the same in a JVM. */
  int nextNumber() {
    return numbers.incrementAndGet();
  }

  static PostgresServer freshPostgres() {
    return new EmbeddedPostgres(Place.temporary());
  }

  static RedisServer freshRedis() {
    return new EmbeddedRedis(Place.temporary());
  }

  static KafkaServer freshKafka() {
    return new EmbeddedKafka(Place.temporary());
  }

  /** Stops the newest first; later experiments get new ones. */
  @Override
  public synchronized void close() {
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
    others.clear();
    postgres = null;
    redis = null;
    kafka = null;
  }

  private <S extends Server> S started(S server) {
    stops.push(server::close);
    server.start();
    return server;
  }

  private static void empty(URI redis) {
    try (var socket = new Socket(redis.getHost(), redis.getPort())) {
      socket.getOutputStream().write("FLUSHALL\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!answers.startsWith("+OK")) {
        throw new IOException("Redis refused to be emptied: " + answers);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
