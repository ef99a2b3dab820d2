package dev.mall.payment;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.envelope.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Replies of another release, which this one cannot read. */
class UnreadableReplies {

  private final List<DeadLetter> all = new CopyOnWriteArrayList<>();

  @Bean
  MessageListenerContainer unreadableReplies(Consumers consumers) {
    return consumers.deadLetters("unreadable", List.of(Topics.SAGA_REPLIES), all::addAll);
  }

  /** Waits for the one about an order. */
  DeadLetter await(long order) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> about(order).findAny().isPresent());
    return about(order).findFirst().orElseThrow();
  }

  private Stream<DeadLetter> about(long order) {
    return all.stream().filter(letter -> Objects.equals(order, letter.orderId()));
  }
}
