package dev.mall.lab.ids;

import dev.mall.embedded.RedisServer;
import dev.mall.lab.trial.Trial;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Redisson with few connections. */
final class CounterClients {

  private CounterClients() {}

  /** A client that is closed with the trial. */
  static RedissonClient connect(Trial trial, RedisServer server) {
    var config = new Config().setThreads(2).setNettyThreads(2);
    config
        .useSingleServer()
        .setAddress(server.url())
        .setConnectionMinimumIdleSize(1)
        .setConnectionPoolSize(8)
        .setSubscriptionConnectionMinimumIdleSize(1)
        .setSubscriptionConnectionPoolSize(1);
    var client = Redisson.create(config);
    trial.<AutoCloseable>opened(() -> client.shutdown(0, 2, TimeUnit.SECONDS));
    return client;
  }
}
