package dev.mall.chaos.fault.server;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.fault.PlacedOrders;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.PartitionLayout;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Some of three Kafka brokers are killed. Without one, orders must continue; without two, fewer
 * copies than {@code min.insync.replicas} are left, and they wait.
 */
public record KillBrokers(List<Integer> brokers) implements Fault {

  /** For leaders to be elected, and for what waited for them. */
  private static final Duration GO_ON_WITHIN = Duration.ofSeconds(60);

  private static final int ORDERS = 20;

  public KillBrokers(Integer... brokers) {
    this(List.of(brokers));
  }

  @Override
  public String kind() {
    return "SIGKILL %s of three Kafka brokers".formatted(brokers.size() == 1 ? "one" : "two");
  }

  @Override
  public String name() {
    return "%s, %s"
        .formatted(
            kind(), brokers.stream().map(id -> "kafka-" + id).collect(Collectors.joining(" and ")));
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    PartitionLayout.restore(mall.kafkaServers());
    brokers.forEach(id -> mall.kafka().broker(id).kill());
    try {
      if (brokers.size() == 1) {
        PlacedOrders.fromNowOn(mall).awaitSettled(ORDERS, _ -> true, GO_ON_WITHIN);
      } else {
        Thread.sleep(Duration.ofMillis(random.nextLong(3_000, 8_000)));
      }
    } finally {
      mall.kafka().start();
    }
  }
}
