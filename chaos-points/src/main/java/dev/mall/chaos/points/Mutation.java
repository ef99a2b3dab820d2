package dev.mall.chaos.points;

import java.util.List;

/** One promise of the services broken on purpose, to show that the suite notices. */
public enum Mutation {
  /** What leaves the outbox was not asked whether it arrived. */
  REMOVE_UNACKNOWLEDGED(new Change.AnswerAllSent("messaging/Shipper", "ship")),
  /** Orders whose announcement was lost stay as they are. */
  NEVER_ANNOUNCE_AGAIN(new Change.DoNothing("order/AnnounceOrders", "announceLate")),
  /** Nobody looks what was answered before. */
  FORGET_DECISIONS(new Change.OtherText("messaging/Decisions", "limit 1", "limit 0")),
  /** Neither a newer token nor another writer keeps a stale one from writing. */
  NO_FENCE_AND_NO_ROW_LOCKS(
      new Change.OtherText("inventory/stock/StockStore", "for no key update", ""),
      new Change.OtherText(
          "inventory/stock/StockStore", "and (c.token = 0 or s.fence <= c.token)", "")),
  /** Whatever is asked for is said to be there. */
  NEVER_OUT_OF_STOCK(new Change.AnswerNone("inventory/stock/Stockroom", "missing")),
  /** Reservations are written, and the shelf is not told. */
  SHELF_NOT_WRITTEN(new Change.DoNothing("inventory/stock/StockStore", "write")),
  /** A refund is answered and not made. */
  NO_REFUND(new Change.DropCall("payment/charge/PaymentRules", "refund", "move")),
  /** A refund that comes before its charge leaves no trace. */
  NO_TOMBSTONE(new Change.DropCall("payment/charge/PaymentRules", "callOff", "write")),
  /** Whoever is told is not asked whether they know already. */
  TELL_AGAIN(
      new Change.OtherText("messaging/Decisions", "limit 1", "limit 0"),
      new Change.OtherText(
          "messaging/Decisions",
          "on conflict do nothing",
          "on conflict (order_id, step, round) do update set reply = excluded.reply"),
      new Change.OtherText(
          "notification/Inbox",
          "where order_id = any(:orders)",
          "where false and order_id = any(:orders)"));

  private final List<Change> changes;

  Mutation(Change... changes) {
    this.changes = List.of(changes);
  }

  /** What is changed in which class. */
  public List<Change> changes() {
    return changes;
  }
}
