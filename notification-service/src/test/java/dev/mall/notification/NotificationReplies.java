package dev.mall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.NotificationReply;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.envelope.InboundMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The replies of the service as the orchestrator receives them. */
class NotificationReplies {

  private final Map<StepKey, List<Reply>> byStep = new ConcurrentHashMap<>();

  @Bean
  MessageListenerContainer receivedReplies(Consumers consumers) {
    return consumers.messages(
        "test", Set.of(NotificationReply.class), List.of(Topics.SAGA_REPLIES), this::receive);
  }

  /** Waits until each of {@code keys} was answered at least {@code times}. */
  void await(int times, Stream<StepKey> keys) {
    var wanted = keys.toList();
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(wanted).allMatch(key -> to(key).size() >= times));
  }

  Reply one(StepKey key) {
    await(1, Stream.of(key));
    return to(key).getFirst();
  }

  List<Reply> to(StepKey key) {
    return byStep.getOrDefault(key, List.of());
  }

  private void receive(List<InboundMessage<NotificationReply>> batch) {
    batch.forEach(reply ->
        byStep
            .computeIfAbsent(reply.message().step(), _ -> new CopyOnWriteArrayList<>())
            .add(reply.message()));
  }
}
