package dev.mall.lab.clocks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of a real order, as it lay in its topic.
 *
 * @param number from 1, in the order in which messages were created
 * @param order number of the order that it is about
 * @param to the service that received it; null if none handles it
 * @param causedBy number of the message that it answers or follows from; null for the first
 * @param created on the clock of the database, which was right
 * @param stamped by Kafka's client, on the clock of the sending service
 */
record RecordedMessage(
    int number,
    int order,
    String type,
    String from,
    @Nullable String to,
    @Nullable Integer causedBy,
    Instant created,
    Instant stamped) {}
