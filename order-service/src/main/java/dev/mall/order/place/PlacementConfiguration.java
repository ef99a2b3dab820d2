package dev.mall.order.place;

import dev.mall.messaging.batch.MicroBatcher;
import dev.mall.order.OrderProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PlacementConfiguration {

  @Bean
  MicroBatcher<PlaceOrder, Placement> placements(
      PlaceOrders orders, OrderProperties properties, MeterRegistry meters) {
    return new MicroBatcher<>("mall.orders", orders, properties.batching(), meters);
  }
}
