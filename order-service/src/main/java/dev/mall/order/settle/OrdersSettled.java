package dev.mall.order.settle;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.order.OrderState;
import java.util.List;

/** The states of the orders that one batch of commands made final. */
record OrdersSettled(List<SettledOrder> orders) {

  record SettledOrder(OrderState state, CheckoutMode checkout) {}
}
