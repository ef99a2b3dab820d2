package dev.mall.notification;

import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is to be told what, and who knows already? Decides a batch of commands in the order they
 * came.
 */
final class NotificationRules {

  private final Map<StepKey, Reply> answered;
  private final Set<Notification.Key> told;
  private final List<Notification> untold = new ArrayList<>();
  private final List<Long> contradicted = new ArrayList<>();
  private final List<Reply> decided = new ArrayList<>();

  private NotificationRules(Map<StepKey, Reply> answered, Set<Notification.Key> told) {
    this.answered = new HashMap<>(answered);
    this.told = new HashSet<>(told);
  }

  /**
   * @param replies one for each command, in their order
   * @param decided those given for the first time
   * @param untold what the customers do not know yet
   * @param contradicted orders whose customer was told the other outcome before
   */
  record Decided(
      List<Reply> replies,
      List<Reply> decided,
      List<Notification> untold,
      List<Long> contradicted) {}

  /**
   * @param answered the replies given before to any of the commands
   * @param told what customers know about the commands' orders
   * @throws dev.mall.money.MoneyRefused if a command's total is none
   */
  static Decided fold(
      Map<StepKey, Reply> answered, Set<Notification.Key> told, List<NotifyCustomer> batch) {
    var rules = new NotificationRules(answered, told);
    var replies = batch.stream().map(rules::answer).toList();
    return new Decided(replies, rules.decided, rules.untold, rules.contradicted);
  }

  private Reply answer(NotifyCustomer command) {
    return answered.computeIfAbsent(command.step(), _ -> decide(command));
  }

  private Reply decide(NotifyCustomer command) {
    var notification = Notification.of(command);
    if (told.add(notification.key())) {
      untold.add(notification);
      if (told.contains(notification.opposite())) {
        contradicted.add(notification.orderId());
      }
    }
    var reply = new CustomerNotified(command.step());
    decided.add(reply);
    return reply;
  }
}
