package dev.mall.chaos.shop;

import java.util.ArrayDeque;

/** The last orders that were accepted. */
final class RecentOrders {

  /** At the load's rate these are seconds old, and settled while all goes well. */
  private static final int KEPT = 40;

  private final ArrayDeque<String> ids = new ArrayDeque<>();

  /** Adds an order and returns the oldest that is kept. */
  synchronized String remember(String id) {
    ids.addLast(id);
    if (ids.size() > KEPT) {
      ids.removeFirst();
    }
    return ids.getFirst();
  }
}
