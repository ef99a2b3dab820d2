package dev.mall.contracts.wire;

import dev.mall.contracts.Command.TransactionCommand.CommitPayment;
import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.PreparePayment;
import dev.mall.contracts.Command.TransactionCommand.PrepareStock;
import dev.mall.contracts.Command.TransactionCommand.RollBackPayment;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.InventoryEvent;
import dev.mall.contracts.Event.PaymentEvent;
import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.Message;
import dev.mall.contracts.NotificationCommand;
import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.Reply;
import java.util.List;
import java.util.Map;

/** The topics, and the topic of each message. */
public final class Topics {

  public static final String ORDER_EVENTS = "mall.order.events";
  public static final String ORDER_COMMANDS = "mall.order.commands";
  public static final String INVENTORY_COMMANDS = "mall.inventory.commands";
  public static final String PAYMENT_COMMANDS = "mall.payment.commands";
  public static final String INVENTORY_PREPARES = "mall.inventory.prepares";
  public static final String INVENTORY_DECISIONS = "mall.inventory.decisions";
  public static final String PAYMENT_PREPARES = "mall.payment.prepares";
  public static final String PAYMENT_DECISIONS = "mall.payment.decisions";
  public static final String NOTIFICATION_COMMANDS = "mall.notification.commands";
  public static final String INVENTORY_EVENTS = "mall.inventory.events";
  public static final String PAYMENT_EVENTS = "mall.payment.events";
  public static final String SAGA_REPLIES = "mall.saga.replies";
  public static final String DECISIONS_AWAITED = "mall.decisions.awaited";
  public static final String CATALOGUE_EVENTS = "mall.catalogue.events";

  public static final List<String> ALL =
      List.of(
          ORDER_EVENTS,
          ORDER_COMMANDS,
          INVENTORY_COMMANDS,
          PAYMENT_COMMANDS,
          INVENTORY_PREPARES,
          INVENTORY_DECISIONS,
          PAYMENT_PREPARES,
          PAYMENT_DECISIONS,
          NOTIFICATION_COMMANDS,
          INVENTORY_EVENTS,
          PAYMENT_EVENTS,
          SAGA_REPLIES,
          DECISIONS_AWAITED,
          CATALOGUE_EVENTS);

  /** The consumer groups that handle commands, by topic. */
  public static final Map<String, String> HANDLED_BY =
      Map.of(
          INVENTORY_COMMANDS, "inventory-service.stock",
          PAYMENT_COMMANDS, "payment-service.payments",
          INVENTORY_PREPARES, "inventory-service.prepares",
          INVENTORY_DECISIONS, "inventory-service.decisions",
          PAYMENT_PREPARES, "payment-service.prepares",
          PAYMENT_DECISIONS, "payment-service.decisions",
          ORDER_COMMANDS, "order-service.settlement",
          NOTIFICATION_COMMANDS, "notification-service.notifications");

  private static final String DEAD_LETTER_SUFFIX = ".dlt";

  private Topics() {}

  public static String of(Message message) {
    return switch (message) {
      case OrderEvent _ -> ORDER_EVENTS;
      case OrderCommand _ -> ORDER_COMMANDS;
      case InventoryEvent _ -> INVENTORY_EVENTS;
      case PaymentEvent _ -> PAYMENT_EVENTS;
      case InventoryCommand _ -> INVENTORY_COMMANDS;
      case PaymentCommand _ -> PAYMENT_COMMANDS;
      case PrepareStock _ -> INVENTORY_PREPARES;
      case CommitStock _, RollBackStock _ -> INVENTORY_DECISIONS;
      case PreparePayment _ -> PAYMENT_PREPARES;
      case CommitPayment _, RollBackPayment _ -> PAYMENT_DECISIONS;
      case NotificationCommand _ -> NOTIFICATION_COMMANDS;
      case Reply _ -> SAGA_REPLIES;
      case DecisionAwaited _ -> DECISIONS_AWAITED;
      case ProductChanged _ -> CATALOGUE_EVENTS;
    };
  }

  /** The dead-letter topic of {@code topic}. */
  public static String deadLettersOf(String topic) {
    return topic + DEAD_LETTER_SUFFIX;
  }

  public static boolean areDeadLetters(String topic) {
    return topic.endsWith(DEAD_LETTER_SUFFIX);
  }
}
