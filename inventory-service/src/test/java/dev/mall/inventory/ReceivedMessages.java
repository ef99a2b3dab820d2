package dev.mall.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.Message;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.values.StepKey;
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

/** The messages of the service as the orchestrator and order-service receive them. */
public class ReceivedMessages {

  private final List<Message> messages = new CopyOnWriteArrayList<>();

  @Bean
  MessageListenerContainer heardReplies(Consumers consumers) {
    return consumers.<InventoryReply>messages(
        "test-replies", Set.of(InventoryReply.class), List.of(Topics.SAGA_REPLIES), this::receive);
  }

  @Bean
  MessageListenerContainer heardProducts(Consumers consumers) {
    return consumers.<ProductChanged>messages(
        "test-products",
        Set.of(ProductChanged.class),
        List.of(Topics.CATALOGUE_EVENTS),
        this::receive);
  }

  /** Waits until a command was answered so often, and gives the answers. */
  public List<InventoryReply> replies(int times, StepKey step) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(replies(step)).hasSizeGreaterThanOrEqualTo(times));
    return replies(step);
  }

  /** Waits until so much was said about a product, and gives it. */
  public List<ProductChanged> products(int times, String sku) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(products(sku)).hasSizeGreaterThanOrEqualTo(times));
    return products(sku);
  }

  private List<InventoryReply> replies(StepKey step) {
    return messages.stream()
        .filter(InventoryReply.class::isInstance)
        .map(InventoryReply.class::cast)
        .filter(reply -> reply.step().equals(step))
        .toList();
  }

  private List<ProductChanged> products(String sku) {
    return messages.stream()
        .filter(ProductChanged.class::isInstance)
        .map(ProductChanged.class::cast)
        .filter(product -> product.sku().equals(sku))
        .toList();
  }

  private void receive(List<? extends InboundMessage<?>> batch) {
    batch.forEach(received -> messages.add(received.message()));
  }
}
