package dev.mall.testing.messages;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.awaitility.Awaitility;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The replies of a service, consumed from Kafka as the orchestrator consumes them. */
public class SentReplies {

  private final Map<StepKey, List<Reply>> byStep = new ConcurrentHashMap<>();

  @Bean
  MessageListenerContainer sentReplies(Consumers consumers) {
    return consumers.messages(
        "test-replies", Set.of(Reply.class), List.of(Topics.SAGA_REPLIES), this::receive);
  }

  /** Waits until each of {@code steps} was answered at least {@code times}. */
  public void await(int times, Stream<StepKey> steps) {
    var wanted = steps.toList();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(wanted).allMatch(step -> to(step).size() >= times));
  }

  /** Waits for so many answers to a step. */
  public List<Reply> await(int times, StepKey step) {
    await(times, Stream.of(step));
    return to(step);
  }

  /** Waits for the first answer to a step. */
  public Reply one(StepKey step) {
    return await(1, step).getFirst();
  }

  /** Those received so far. */
  public List<Reply> to(StepKey step) {
    return byStep.getOrDefault(step, List.of());
  }

  private void receive(List<InboundMessage<Reply>> batch) {
    batch.forEach(reply ->
        byStep
            .computeIfAbsent(reply.message().step(), _ -> new CopyOnWriteArrayList<>())
            .add(reply.message()));
  }
}
