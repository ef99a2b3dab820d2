package dev.mall.system;

import dev.mall.chaos.fault.message.TopicClient;
import dev.mall.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

/**
 * The order of first deliveries (G8), which no database shows: versions of a product ascend in the
 * topic, duplicates aside.
 */
final class DeliveryOrder {

  private final JsonMapper json = JsonMapper.shared();
  private final Map<String, Set<Long>> versions = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private long violations;

  private DeliveryOrder() {}

  /** The number of first deliveries behind a later version of the same product. */
  static long violations(String servers) {
    var order = new DeliveryOrder();
    TopicClient.read(servers, Topics.CATALOGUE_EVENTS, order::add);
    return order.violations;
  }

  private void add(ConsumerRecord<byte[], byte[]> product) {
    var sku = new String(product.key(), StandardCharsets.UTF_8);
    long version = json.readTree(product.value()).required("version").longValue();
    if (versions.computeIfAbsent(sku, _ -> new HashSet<>()).add(version)) {
      if (version < newest.getOrDefault(sku, 0L)) {
        violations++;
      }
      newest.merge(sku, version, Math::max);
    }
  }
}
