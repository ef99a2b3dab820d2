package dev.mall.lab.locks.provider;

import dev.mall.embedded.RedisServer;
import dev.mall.lab.trial.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Connections of processes to Redis, and commands of an operator. */
public final class RedisClients {

  /** Redisson's own, for locks that it renews. */
  public static final Duration RENEWED_LEASE = Duration.ofSeconds(30);

  private static final int TIMEOUT_MILLIS = 5_000;

  /** An expiry is a time on the server's clock, so a clock that jumps brings it nearer. */
  private static final String ADVANCE =
      """
      for _, key in ipairs(redis.call('keys', '*')) do
        local left = redis.call('pttl', key)
        if left > 0 then redis.call('pexpire', key, math.max(left - ARGV[1], 0)) end
      end
      return redis.status_reply('OK')
      """;

  private RedisClients() {}

  /** A client as a process has it, closed with the trial; it connects with its first command. */
  public static RedissonClient connect(Trial trial, RedisServer redis) {
    return connect(trial, redis, RENEWED_LEASE);
  }

  /**
   * @param renewedLease of locks without a lease of their own, renewed after each third of it
   */
  public static RedissonClient connect(Trial trial, RedisServer redis, Duration renewedLease) {
    var config =
        new Config()
            .setLazyInitialization(true)
            .setThreads(2)
            .setNettyThreads(2)
            .setLockWatchdogTimeout(renewedLease.toMillis());
    config
        .useSingleServer()
        .setAddress(redis.url())
        .setTimeout(TIMEOUT_MILLIS)
        .setConnectTimeout(TIMEOUT_MILLIS)
        .setRetryAttempts(0)
        .setConnectionMinimumIdleSize(1)
        .setConnectionPoolSize(4)
        .setSubscriptionConnectionMinimumIdleSize(1)
        .setSubscriptionConnectionPoolSize(2);
    var client = Redisson.create(config);
    trial.<AutoCloseable>opened(client::shutdown);
    return client;
  }

  /** Moves the server's clock ahead, as its keys see it: their expiries are nearer by this. */
  public static void advance(RedisServer redis, Duration time) {
    command(redis, "EVAL", ADVANCE, "0", Long.toString(time.toMillis()));
  }

  /**
   * Sends a command on a connection of its own.
   *
   * @return the answer: its only line, or the text of a bulk string
   * @throws IllegalStateException if the server refused it
   */
  public static String command(RedisServer redis, String... words) {
    var address = URI.create(redis.url());
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(encoded(words).getBytes(StandardCharsets.UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (answer.isEmpty() || answer.startsWith("-")) {
        throw new IllegalStateException("Redis refused %s: %s".formatted(words[0], answer));
      }
      return answer.startsWith("$")
          ? answer.substring(answer.indexOf('\n') + 1)
          : answer.lines().findFirst().orElseThrow().substring(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String... words) {
    var request = new StringBuilder("*%d\r\n".formatted(words.length));
    for (var word : words) {
      request.append("$%d\r\n%s\r\n".formatted(word.getBytes(StandardCharsets.UTF_8).length, word));
    }
    return request.append("QUIT\r\n").toString();
  }
}
