package dev.mall.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.envelope.InboundMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The catalogue as order-service receives it. */
public class PublishedProducts {

  private final List<ProductChanged> all = new CopyOnWriteArrayList<>();

  @Bean
  MessageListenerContainer publishedProducts(Consumers consumers) {
    return consumers.<ProductChanged>messages(
        "test-products",
        Set.of(ProductChanged.class),
        List.of(Topics.CATALOGUE_EVENTS),
        batch -> batch.stream().map(InboundMessage::message).forEach(all::add));
  }

  /**
   * Waits for so many different states of a product; a state that is announced again counts once.
   */
  public List<ProductChanged> states(int count, String sku) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(statesOf(sku)).hasSizeGreaterThanOrEqualTo(count));
    return statesOf(sku);
  }

  /** Waits for so many messages about a product, and returns them. */
  public List<ProductChanged> await(int times, String sku) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(of(sku)).hasSizeGreaterThanOrEqualTo(times));
    return of(sku);
  }

  private List<ProductChanged> statesOf(String sku) {
    return of(sku).stream().distinct().toList();
  }

  private List<ProductChanged> of(String sku) {
    return all.stream().filter(product -> product.sku().equals(sku)).toList();
  }
}
