package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.PaymentReply;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.InboundMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The replies of the service as the orchestrator receives them. */
class PaymentReplies {

  private final Map<StepKey, List<Reply>> byStep = new ConcurrentHashMap<>();
  private final List<DeadLetter> unread = new CopyOnWriteArrayList<>();

  @Bean
  MessageListenerContainer receivedReplies(Consumers consumers) {
    return consumers.messages(
        "test", Set.of(PaymentReply.class), List.of(Topics.SAGA_REPLIES), this::receive);
  }

  /** Replies of another release, which this one cannot read. */
  @Bean
  MessageListenerContainer unreadReplies(Consumers consumers) {
    return consumers.deadLetters(
        "unread", List.of(Topics.SAGA_REPLIES), batch -> unread.addAll(batch));
  }

  /** Waits for the reply to an order that cannot be read here. */
  DeadLetter unread(long order) {
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> unread.stream().anyMatch(letter -> Objects.equals(order, letter.orderId())));
    return unread.stream()
        .filter(letter -> Objects.equals(order, letter.orderId()))
        .findFirst()
        .orElseThrow();
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

  private void receive(List<InboundMessage<PaymentReply>> batch) {
    batch.forEach(reply ->
        byStep
            .computeIfAbsent(reply.message().step(), _ -> new CopyOnWriteArrayList<>())
            .add(reply.message()));
  }
}
