package dev.mall.order.messaging;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.kafka.ConsumerLag;
import dev.mall.messaging.kafka.ConsumerLag.LagUnknownException;
import dev.mall.order.catalogue.TopicProgress;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Compares the offsets that the catalogue's consumer has committed with the topic's end. */
@Component
class CatalogueProgress implements TopicProgress {

  private static final Logger log = LoggerFactory.getLogger(CatalogueProgress.class);

  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private final KafkaAdmin admin;
  private final Map<String, String> groups;

  CatalogueProgress(KafkaAdmin admin, @Value("${spring.application.name}") String service) {
    this.admin = admin;
    this.groups = Map.of(Topics.CATALOGUE_EVENTS, service + "." + OrderConsumers.CATALOGUE);
  }

  @Override
  public boolean hasReachedItsEnd() {
    try (var lag = new ConsumerLag(admin.getConfigurationProperties(), CALL_LIMIT)) {
      return lag.behind(lag.ends(groups.keySet()), groups).isEmpty();
    } catch (LagUnknownException unknown) {
      log.info("catalogue's consumer lag unknown yet: {}", unknown.getMessage());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
