package dev.mall.notification;

import dev.mall.contracts.NotificationCommand;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides which notifications are new. Pure: it knows neither database nor transport. */
final class NotificationRules {

  private final Set<Notification.Key> known;
  private final List<Notification> notifications = new ArrayList<>();
  private final List<Long> contradicted = new ArrayList<>();

  private NotificationRules(Set<Notification.Key> known) {
    this.known = new HashSet<>(known);
  }

  /**
   * @param replies one for each command, in their order
   * @param notifications those that are not in an inbox yet
   * @param contradicted orders whose customer was notified of a contradicting outcome before
   */
  record Outcome(List<Reply> replies, List<Notification> notifications, List<Long> contradicted) {}

  /**
   * Decides a batch in its order.
   *
   * @param known the stored notifications about the commands' orders
   * @throws dev.mall.money.MoneyRefused if a command's total is invalid
   */
  static Outcome decide(Set<Notification.Key> known, List<NotificationCommand> batch) {
    var rules = new NotificationRules(known);
    var replies = batch.stream().map(rules::decide).toList();
    return new Outcome(replies, rules.notifications, rules.contradicted);
  }

  private Reply decide(NotificationCommand command) {
    var notification = Notification.of(command);
    if (known.add(notification.key())) {
      notifications.add(notification);
      if (known.stream().anyMatch(notification::contradicts)) {
        contradicted.add(notification.orderId());
      }
    }
    return new CustomerNotified(command.step());
  }
}
