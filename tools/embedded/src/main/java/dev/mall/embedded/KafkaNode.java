package dev.mall.embedded;

import dev.mall.embedded.process.Ports;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A node of a Kafka cluster on this machine, broker and controller at once.
 *
 * @param id from 1
 * @param controllerPorts of all nodes, in the order of their ids
 */
public record KafkaNode(int id, List<Integer> controllerPorts) {

  public KafkaNode {
    controllerPorts = List.copyOf(controllerPorts);
    if (id < 1 || id > controllerPorts.size()) {
      throw new IllegalArgumentException("no node %d of %s".formatted(id, controllerPorts));
    }
  }

  /** The only node of its cluster. */
  static KafkaNode alone() {
    return new KafkaNode(1, List.of(Ports.free()));
  }

  /** Copies that each partition has. */
  int replicationFactor() {
    return Math.min(3, controllerPorts.size());
  }

  /** Copies that must have a record before it is acknowledged: all but one of three. */
  int minInsyncReplicas() {
    return Math.max(1, replicationFactor() - 1);
  }

  String controller() {
    return "127.0.0.1:" + controllerPorts.get(id - 1);
  }

  String voters() {
    return IntStream.rangeClosed(1, controllerPorts.size())
        .mapToObj(node -> "%d@127.0.0.1:%d".formatted(node, controllerPorts.get(node - 1)))
        .collect(Collectors.joining(","));
  }
}
