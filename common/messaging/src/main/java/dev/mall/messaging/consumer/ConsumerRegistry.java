package dev.mall.messaging.consumer;

import dev.mall.messaging.MessagingProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Names this service's consumer groups, and keeps the progress of each. */
final class ConsumerRegistry {

  private final String service;
  private final MessagingProperties properties;
  private final ConsumerProperties consuming;
  private final MeterRegistry meters;
  private final List<ConsumerProgress> consumers = new CopyOnWriteArrayList<>();

  ConsumerRegistry(
      String service,
      MessagingProperties properties,
      ConsumerProperties consuming,
      MeterRegistry meters) {
    this.service = service;
    this.properties = properties;
    this.consuming = consuming;
    this.meters = meters;
  }

  /**
   * Adds a consumer, whose name is also that of its group.
   *
   * @param maxBatch most messages in one transaction
   */
  ConsumerProgress add(String name, int maxBatch) {
    var progress =
        new ConsumerProgress(
            service + "." + name,
            properties.concurrency(),
            maxBatch,
            consuming.suspiciousFailures(),
            properties.retryAtMost(),
            meters);
    consumers.add(progress);
    return progress;
  }

  List<ConsumerProgress> consumers() {
    return List.copyOf(consumers);
  }
}
