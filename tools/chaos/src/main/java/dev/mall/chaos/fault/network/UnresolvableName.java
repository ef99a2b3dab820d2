package dev.mall.chaos.fault.network;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.HostsFile;
import dev.mall.chaos.mall.Mall;
import dev.mall.cli.MallService;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A server's name does not resolve for a while, for one service. PostgreSQL's goes when connections
 * are cut, so that new ones need it; Kafka's when a process starts, which needs it once.
 */
public record UnresolvableName(String server, MallService service) implements Fault {

  public static final String POSTGRES = "PostgreSQL";
  public static final String KAFKA = "Kafka";

  @Override
  public String kind() {
    return "%s's name does not resolve".formatted(server);
  }

  @Override
  public String name() {
    return "%s, %s".formatted(kind(), service.title());
  }

  @Override
  public boolean isBrief() {
    return server.equals(POSTGRES);
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    var replicas = mall.replicasOf(service);
    var name = isBrief() ? HostsFile.POSTGRES : HostsFile.KAFKA;
    replicas.forEach(replica -> replica.hosts().remove(name));
    try {
      if (isBrief()) {
        mall.databaseProxyOf(service).cut();
        mall.databaseProxyOf(service).mend();
      } else {
        replicas.getFirst().kill();
        replicas.getFirst().start();
      }
      Thread.sleep(Duration.ofMillis(random.nextLong(2_000, isBrief() ? 6_000 : 15_000)));
    } finally {
      replicas.forEach(replica -> replica.hosts().add(name));
    }
  }
}
