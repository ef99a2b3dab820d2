package dev.mall.benchmarks.load;

/** Records orders that a system accepted. */
public interface AcceptedOrders {

  void accepted(String customerId, String key, String id);
}
