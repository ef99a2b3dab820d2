package dev.mall.chaos.mall;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;

/** Kafka's replies to requests of the suite itself. */
public final class KafkaReplies {

  private KafkaReplies() {}

  /**
   * Waits for a reply.
   *
   * @throws IllegalStateException if Kafka refuses the request, or the thread is interrupted
   */
  public static <T> T await(KafkaFuture<T> reply) {
    try {
      return reply.get();
    } catch (ExecutionException refused) {
      throw new IllegalStateException("Kafka refuses a request of the suite", refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
