package dev.mall.messaging.idempotency;

import dev.mall.contracts.Command;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.EncodedMessage;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.RepeatedReply;
import dev.mall.messaging.outbox.Outbox;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The commands of a batch that were answered before.
 *
 * @param replies what was answered; commands never answered are absent
 * @param unread replies that a newer release stored and this one cannot read: their commands are
 *     answered, too, and must not be decided again
 */
public record Answered(Map<StepKey, Reply> replies, Map<StepKey, EncodedMessage> unread) {

  public Answered {
    replies = Map.copyOf(replies);
    unread = Map.copyOf(unread);
  }

  /** The commands of {@code batch} that can be decided, or answered from {@link #replies}. */
  public <C extends Command> List<InboundMessage<C>> readable(List<InboundMessage<C>> batch) {
    return unread.isEmpty()
        ? batch
        : batch.stream().filter(r -> !unread.containsKey(r.message().step())).toList();
  }

  /** The answers to all others, for {@link Outbox#resend}. */
  public List<RepeatedReply> repeats(List<? extends InboundMessage<? extends Command>> batch) {
    return batch.stream()
        .filter(received -> unread.containsKey(received.message().step()))
        .map(received ->
            new RepeatedReply(
                received, Objects.requireNonNull(unread.get(received.message().step()))))
        .toList();
  }
}
