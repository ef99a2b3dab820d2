package dev.mall.order.messaging;

import dev.mall.contracts.wire.Topics;
import dev.mall.order.catalogue.TopicProgress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Compares what the consumer of the catalogue has committed with what there is. */
@Component
class CatalogueProgress implements TopicProgress {

  private static final Logger log = LoggerFactory.getLogger(CatalogueProgress.class);

  private final KafkaAdmin admin;
  private final String group;

  CatalogueProgress(KafkaAdmin admin, @Value("${spring.application.name}") String service) {
    this.admin = admin;
    this.group = service + "." + OrderConsumers.CATALOGUE;
  }

  @Override
  public boolean hasReachedItsEnd() {
    try (var broker = Admin.create(admin.getConfigurationProperties())) {
      var committed = broker.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return ends(broker).entrySet().stream()
          .allMatch(end -> {
            var read = committed.get(end.getKey());
            return read != null && read.offset() >= end.getValue();
          });
    } catch (ExecutionException unknown) {
      log.info("cannot tell yet how far the catalogue is read: {}", unknown.getMessage());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where the partitions that hold anything end. */
  private static Map<TopicPartition, Long> ends(Admin broker)
      throws ExecutionException, InterruptedException {
    var topics =
        broker.describeTopics(List.of(Topics.CATALOGUE_EVENTS)).allTopicNames().get().values();
    var partitions =
        topics.stream()
            .flatMap(topic -> topic.partitions().stream())
            .map(info -> new TopicPartition(Topics.CATALOGUE_EVENTS, info.partition()))
            .toList();
    var begins = offsets(broker, partitions, OffsetSpec.earliest());
    var ends = offsets(broker, partitions, OffsetSpec.latest());
    ends.entrySet().removeIf(end -> end.getValue().equals(begins.get(end.getKey())));
    return ends;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin broker, Collection<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    var wanted = partitions.stream().collect(Collectors.toMap(p -> p, _ -> which));
    return broker.listOffsets(wanted).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> offset(e.getValue())));
  }

  private static Long offset(ListOffsetsResultInfo info) {
    return info.offset();
  }
}
