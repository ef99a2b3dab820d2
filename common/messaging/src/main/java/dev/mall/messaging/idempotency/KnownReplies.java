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

  /** The reply to a command, whether it is new or repeated. */
  record GivenReply(InboundMessage<? extends Command> command, Reply reply) {}

  /** One for each command of {@code batch} whose reply can be decoded, in this order. */
  <C extends Command> List<GivenReply> given(List<InboundMessage<C>> batch, Answers answers) {
    var all = new HashMap<>(replies);
    all.putAll(
        answers.replies().stream().collect(Collectors.toMap(Reply::step, Function.identity())));
    var given = new ArrayList<GivenReply>();
    for (var received : batch) {
      var step = received.message().step();
      if (!unread.containsKey(step)) {
        var reply = Objects.requireNonNull(all.get(step), () -> "no reply to " + step);
        given.add(new GivenReply(received, reply));
      }
    }
    return given;
  }

  /** The messages to send, each event before the first reply to its command. */
  static List<OutboundMessage> outbound(List<GivenReply> given, Answers answers, ReplyRoute route) {
    var events = new HashMap<StepKey, Event>(answers.events());
    var messages = new ArrayList<OutboundMessage>();
    for (var answer : given) {
      var command = answer.command();
      var event = events.remove(answer.reply().step());
      if (event != null) {
        messages.add(OutboundMessage.inReplyTo(command, event));
      }
      route
          .messageFor(command, answer.reply())
          .map(message -> OutboundMessage.inReplyTo(command, message))
          .ifPresent(messages::add);
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
