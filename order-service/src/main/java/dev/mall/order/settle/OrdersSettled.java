package dev.mall.order.settle;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.order.OrderState;
import java.util.List;

/** The states of the orders that one batch of commands made final. */
record OrdersSettled(List<SettledOrder> orders) {

  /**
   * @param toReturn whether it is confirmed although its customer has cancelled it
   */
  record SettledOrder(long id, OrderState state, CheckoutMode checkout, boolean toReturn) {}
}
