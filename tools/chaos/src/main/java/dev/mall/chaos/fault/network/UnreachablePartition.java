package dev.mall.chaos.fault.network;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.fault.PlacedOrders;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.PartitionLayout;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Services cannot reach the broker that leads one partition of each topic, while the other brokers
 * can, so that no other is elected. Orders in that partition wait; all others must continue.
 */
public record UnreachablePartition() implements Fault {

  private static final Duration GO_ON_WITHIN = Duration.ofSeconds(60);
  private static final int ORDERS = 20;

  @Override
  public String kind() {
    return "one Kafka partition unreachable";
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    PartitionLayout.restore(mall.kafkaServers());
    var leader = mall.kafka().broker(PartitionLayout.BROKER).proxy();
    leader.cut();
    try {
      var placed = PlacedOrders.fromNowOn(mall);
      placed.awaitSettled(ORDERS, order -> !isUnreachable(order), GO_ON_WITHIN);
      if (!placed.isPending(UnreachablePartition::isUnreachable)) {
        throw new IllegalStateException("no order waits for the partition that is unreachable");
      }
    } finally {
      leader.mend();
    }
  }

  private static boolean isUnreachable(long order) {
    return PartitionLayout.partitionOf(order) == PartitionLayout.PARTITION;
  }
}
