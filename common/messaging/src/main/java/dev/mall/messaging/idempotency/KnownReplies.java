package dev.mall.messaging.idempotency;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.EncodedMessage;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.envelope.RepeatedReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The stored replies to the commands of a batch.
 *
 * @param replies by command; commands without a stored reply are absent
 * @param unread replies that a newer release stored and this one cannot decode; their commands are
 *     answered, too, and must not be decided again
 */
record KnownReplies(Map<StepKey, Reply> replies, Map<StepKey, EncodedMessage> unread) {

  KnownReplies {
    replies = Map.copyOf(replies);
    unread = Map.copyOf(unread);
  }

  /** The commands without a stored reply, each once, in the order of their first delivery. */
  <C extends Command> List<C> unanswered(List<InboundMessage<C>> batch) {
    var first = new LinkedHashMap<StepKey, C>();
    for (var received : batch) {
      first.putIfAbsent(received.message().step(), received.message());
    }
    first.keySet().removeAll(replies.keySet());
    first.keySet().removeAll(unread.keySet());
    return List.copyOf(first.values());
  }

  /**
   * One reply for each command of {@code batch} whose reply can be decoded, in this order, each
   * event before the first reply to its command.
   */
  <C extends Command> List<OutboundMessage> outbound(
      List<InboundMessage<C>> batch, Answers answers) {
    var all = new HashMap<>(replies);
    all.putAll(
        answers.replies().stream().collect(Collectors.toMap(Reply::step, Function.identity())));
    var events = new HashMap<StepKey, Event>(answers.events());
    var messages = new ArrayList<OutboundMessage>();
    for (var received : batch) {
      var step = received.message().step();
      if (!unread.containsKey(step)) {
        var event = events.remove(step);
        if (event != null) {
          messages.add(OutboundMessage.inReplyTo(received, event));
        }
        var reply = Objects.requireNonNull(all.get(step), () -> "no reply to " + step);
        messages.add(OutboundMessage.inReplyTo(received, reply));
      }
    }
    return messages;
  }

  /** The replies that are repeated without being decoded. */
  List<RepeatedReply> repeats(List<? extends InboundMessage<? extends Command>> batch) {
    var repeats = new ArrayList<RepeatedReply>();
    for (var received : batch) {
      var stored = unread.get(received.message().step());
      if (stored != null) {
        repeats.add(new RepeatedReply(received, stored));
      }
    }
    return repeats;
  }
}
