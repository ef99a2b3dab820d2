package dev.mall.notification;

import dev.mall.contracts.NotificationCommand;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.idempotency.Answers;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.idempotency.ReplyRoute;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Adds the outcomes of orders to customers' inboxes, one batch per transaction. */
@Service
public class HandleNotificationCommands {

  private final NotificationStore notifications;
  private final ReplyLog replyLog;
  private final ApplicationEventPublisher events;

  HandleNotificationCommands(
      NotificationStore notifications, ReplyLog replyLog, ApplicationEventPublisher events) {
    this.notifications = notifications;
    this.replyLog = replyLog;
    this.events = events;
  }

  /**
   * Handles a batch in its order and leaves a reply to each command in the outbox; if it throws,
   * nothing is changed.
   */
  @Transactional
  public void handle(List<InboundMessage<NotificationCommand>> batch) {
    handle(batch, ReplyRoute.TO_SAGA);
  }

  /** Like {@link #handle(List)}, but sends what {@code route} makes of each reply. */
  @Transactional
  public void handle(List<InboundMessage<NotificationCommand>> batch, ReplyRoute route) {
    var known = notifications.locked(ordersOf(batch));
    replyLog.answer(batch, commands -> decide(commands, known), route);
  }

  private Answers decide(List<NotificationCommand> commands, Set<Notification.Key> known) {
    var outcome = NotificationRules.decide(known, commands);

    notifications.insert(outcome.notifications());
    events.publishEvent(outcome);
    return Answers.of(outcome.replies());
  }

  private static Set<Long> ordersOf(List<InboundMessage<NotificationCommand>> batch) {
    return batch.stream()
        .map(received -> received.message().step().orderId())
        .collect(Collectors.toSet());
  }
}
