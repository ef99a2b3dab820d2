package dev.mall.order.settle;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.order.OrderState;
import java.time.Instant;
import java.util.List;

/** The states of the orders that one batch of commands made final, published in its transaction. */
public record OrdersSettled(List<SettledOrder> orders) {

  /**
   * @param placedAt on the clock of the replica that accepted it
   * @param toReturn whether it is confirmed although its customer has cancelled it
   */
  public record SettledOrder(
      long id, OrderState state, CheckoutMode checkout, Instant placedAt, boolean toReturn) {}
}
