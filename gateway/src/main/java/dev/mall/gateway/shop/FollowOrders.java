package dev.mall.gateway.shop;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.shop.services.CustomerAccount;
import dev.mall.gateway.shop.services.CustomerOrders;
import dev.mall.gateway.shop.services.Customers.Customer;
import dev.mall.gateway.shop.services.Part;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Reads how far an order is. */
@Component
@Conditional(OwnIssuer.class)
class FollowOrders {

  private final CustomerOrders orders;
  private final CustomerAccount account;

  FollowOrders(CustomerOrders orders, CustomerAccount account) {
    this.orders = orders;
    this.account = account;
  }

  /**
   * @throws dev.mall.gateway.shop.services.ServiceRefusal if the customer has no such order
   * @throws dev.mall.gateway.shop.services.ServiceSilence if order-service does not answer; other
   *     services may be silent
   */
  OrderProgress progress(Customer customer, String id) {
    var order = orders.find(customer.token(), id);
    return new OrderProgress(
        order,
        Part.of(() -> orders.isCancellationRequested(customer.token(), id)),
        Part.of(() -> orders.payment(customer.token(), id)),
        order.isPending()
            ? new Part<>(false, "")
            : Part.of(() -> account.isNotified(customer.token(), id, order.status())));
  }
}
