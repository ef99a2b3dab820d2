package dev.mall.notification;

import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.outbox.Outbox;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts into customers' inboxes what became of their orders. */
@Service
public class HandleNotificationCommands {

  private final NotificationStore inbox;
  private final ReplyLog decisions;
  private final Outbox outbox;
  private final ApplicationEventPublisher events;

  HandleNotificationCommands(
      NotificationStore inbox,
      ReplyLog decisions,
      Outbox outbox,
      ApplicationEventPublisher events) {
    this.inbox = inbox;
    this.decisions = decisions;
    this.outbox = outbox;
    this.events = events;
  }

  /**
   * Decides what was {@code received} and leaves a reply to each command in the outbox, or throws
   * and leaves nothing done.
   */
  @Transactional
  public void handle(List<InboundMessage<NotifyCustomer>> received) {
    var told = inbox.locked(ordersOf(received));
    var answered = decisions.find(received.stream().map(r -> r.message().step()).toList());
    var batch = answered.readable(received);
    var commands = batch.stream().map(InboundMessage::message).toList();

    var decided = NotificationRules.fold(answered.replies(), told, commands);

    inbox.tell(decided.untold());
    decisions.save(decided.decided());
    outbox.append(answers(batch, decided.replies()));
    outbox.resend(answered.repeats(received));
    events.publishEvent(decided);
  }

  private static Set<Long> ordersOf(List<InboundMessage<NotifyCustomer>> received) {
    return received.stream().map(r -> r.message().step().orderId()).collect(Collectors.toSet());
  }

  private static List<OutboundMessage> answers(
      List<InboundMessage<NotifyCustomer>> batch, List<Reply> replies) {
    return IntStream.range(0, batch.size())
        .mapToObj(i -> OutboundMessage.inReplyTo(batch.get(i), replies.get(i)))
        .toList();
  }
}
