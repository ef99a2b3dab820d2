package dev.mall.messaging.consumer.failure;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;

/**
 * After a pause has all records of the poll read again from Kafka. By default the listener would be
 * called again with the records in memory, and whatever it then acknowledged or not, all of them
 * would be committed.
 */
public final class RereadingErrorHandler extends DefaultErrorHandler {

  private static final Logger log = LoggerFactory.getLogger(RereadingErrorHandler.class);

  public RereadingErrorHandler(BackOff pauses) {
    super(pauses);
    setClassifications(Map.of(), true); // no failure is a reason to skip a record
  }

  @Override
  public void handleBatch(
      Exception failure,
      ConsumerRecords<?, ?> records,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    log.warn("retrying batch: {}: {}", container.getGroupId(), Failures.describe(failure));
    super.handleBatch(
        new BatchListenerFailedException("the poll is read again", failure, 0),
        records,
        consumer,
        container,
        invokeListener);
  }
}
