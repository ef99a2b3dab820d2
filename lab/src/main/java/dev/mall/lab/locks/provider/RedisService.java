package dev.mall.lab.locks.provider;

import dev.mall.embedded.RedisServer;
import java.time.Duration;
import java.util.List;

/** Redis servers that know nothing of each other, without persistence. */
record RedisService(List<RedisServer> servers, Connector connector) implements LockService {

  interface Connector {
    LockClient connect(String process, Duration lease);
  }

  @Override
  public LockClient connect(String process, Duration lease) {
    return connector.connect(process, lease);
  }

  @Override
  public void pass(Duration time) {
    servers.forEach(server -> RedisClients.advance(server, time));
  }

  @Override
  public void restartServer() {
    servers.getFirst().kill();
    servers.getFirst().start();
  }

  @Override
  public void loseServer() {
    servers.getFirst().kill();
  }
}
