package dev.mall.chaos.agent;

import dev.mall.chaos.agent.CodeChange.AnswerAllSent;
import dev.mall.chaos.agent.CodeChange.AnswerNone;
import dev.mall.chaos.agent.CodeChange.AnswerZero;
import dev.mall.chaos.agent.CodeChange.DoNothing;
import dev.mall.chaos.agent.CodeChange.DropCall;
import dev.mall.chaos.agent.CodeChange.OtherText;
import java.util.List;
import java.util.stream.Stream;

/** A guarantee that a service breaks on purpose, to show that the suite notices. */
public enum Mutation {
  /** Rows leave the outbox before the broker has acknowledged them. */
  REMOVE_UNACKNOWLEDGED,
  /** Orders whose announcement was lost stay as they are. */
  NEVER_ANNOUNCE_AGAIN,
  /** Earlier replies are ignored. */
  FORGET_DECISIONS,
  /** Neither a newer token nor another writer keeps a stale one from writing. */
  NO_FENCE_AND_NO_ROW_LOCKS,
  /** Whatever is asked for is said to be there. */
  NEVER_OUT_OF_STOCK,
  /** Nothing is ever available. */
  ALWAYS_OUT_OF_STOCK,
  /** Reservations are written, and stock is not. */
  SHELF_NOT_WRITTEN,
  /** A refund is answered and not made. */
  NO_REFUND,
  /** A refund that comes before its charge leaves no trace. */
  NO_TOMBSTONE,
  /** Notifications are sent without a look at earlier ones. */
  NOTIFY_AGAIN,
  /** Deadlines of sagas pass without effect. */
  NEVER_PASS_DEADLINES,
  /** The relay publishes the newest rows of the outbox first. */
  PUBLISH_NEWEST_FIRST,
  /** Products are changed, and no message says so. */
  NEVER_ANNOUNCE_PRODUCTS;

  private static final List<CodeChange> FORGETTING =
      List.of(
          new OtherText("messaging/idempotency/ReplyLog", "limit 1", "limit 0"),
          new OtherText(
              "messaging/idempotency/ReplyLog",
              "on conflict do nothing",
              "on conflict (order_id, step, round) do update set reply_type = excluded.reply_type, reply = excluded.reply"));

  /** Changes of each class. */
  public List<CodeChange> changes() {
    return switch (this) {
      case REMOVE_UNACKNOWLEDGED ->
          List.of(new AnswerAllSent("messaging/outbox/relay/OutboxPublisher", "publish"));
      case NEVER_ANNOUNCE_AGAIN ->
          List.of(new DoNothing("order/republish/RepublishPendingOrders", "republishLate"));
      case FORGET_DECISIONS -> FORGETTING;
      case NO_FENCE_AND_NO_ROW_LOCKS ->
          List.of(
              new OtherText("inventory/stock/StockStore", "for no key update", ""),
              new OtherText(
                  "inventory/stock/StockStore", "and (c.token = 0 or s.fence <= c.token)", ""));
      case NEVER_OUT_OF_STOCK ->
          List.of(new AnswerNone("inventory/stock/StockWorkingCopy", "missing"));
      case ALWAYS_OUT_OF_STOCK ->
          List.of(new AnswerZero("inventory/stock/StockWorkingCopy", "available"));
      case SHELF_NOT_WRITTEN -> List.of(new DoNothing("inventory/stock/StockStore", "write"));
      case NO_REFUND -> List.of(new DropCall("payment/charge/PaymentRules", "refund", "move"));
      case NO_TOMBSTONE -> List.of(new DropCall("payment/charge/PaymentRules", "callOff", "write"));
      case NOTIFY_AGAIN ->
          Stream.concat(
                  FORGETTING.stream(),
                  Stream.of(
                      new OtherText(
                          "notification/NotificationStore",
                          "where order_id = any(:orders)",
                          "where false and order_id = any(:orders)")))
              .toList();
      case NEVER_PASS_DEADLINES -> List.of(new DoNothing("saga/runtime/SagaTimers", "passUntil"));
      case PUBLISH_NEWEST_FIRST ->
          List.of(
              new OtherText(
                  "messaging/outbox/relay/OutboxStore", "order by number", "order by number desc"));
      case NEVER_ANNOUNCE_PRODUCTS ->
          List.of(new DoNothing("inventory/catalogue/Announcements", "announce"));
    };
  }
}
