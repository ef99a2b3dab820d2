package dev.mall.chaos.fault.server;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.chaos.mall.ServiceReplica;
import dev.mall.cli.MallService;
import dev.mall.contracts.values.CheckoutMode;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Kafka is killed and started again after a while. */
public record RestartKafka(How how) implements Fault {

  public enum How {
    AS_IT_WAS("SIGKILL Kafka"),
    WHILE_CONSUMERS_REBALANCE("SIGKILL Kafka while consumers rebalance"),
    EMPTY("Kafka comes back empty");

    private final String kind;

    How(String kind) {
      this.kind = kind;
    }
  }

  @Override
  public String kind() {
    return how.kind;
  }

  @Override
  public String name() {
    return how.kind;
  }

  @Override
  public int share() {
    return how == How.AS_IT_WAS ? 4 : 2;
  }

  @Override
  public Optional<String> leftOutUnder(CheckoutMode mode) {
    return mode.isOrchestrated() || how != How.EMPTY
        ? Optional.empty()
        : Optional.of("nothing repeats CheckoutEnded (docs/checkout-modes.md)");
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) throws InterruptedException {
    switch (how) {
      case AS_IT_WAS -> killed(mall, random);
      case WHILE_CONSUMERS_REBALANCE -> whileTheyRebalance(mall, random);
      case EMPTY -> {
        mall.kafka().loseEverything();
        mall.kafka().start();
      }
    }
  }

  private static void killed(Mall mall, RandomGenerator random) throws InterruptedException {
    mall.kafka().kill();
    try {
      Thread.sleep(Duration.ofMillis(random.nextLong(100, 3_000)));
    } finally {
      mall.kafka().start();
    }
  }

  /** A member that leaves, and comes again, moves partitions both times. */
  private static void whileTheyRebalance(Mall mall, RandomGenerator random)
      throws InterruptedException {
    mall.awaitReady();
    ServiceReplica leaving = mall.replicasOf(MallService.INVENTORY).getLast();
    leaving.askToEnd();
    Thread.sleep(Duration.ofMillis(random.nextLong(200, 3_000)));
    killed(mall, random);
    leaving.kill();
    leaving.start();
  }
}
