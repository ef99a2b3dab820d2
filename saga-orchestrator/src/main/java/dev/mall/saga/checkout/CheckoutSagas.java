package dev.mall.saga.checkout;

import dev.mall.saga.engine.definition.DefinitionId;
import dev.mall.saga.engine.definition.SagaDefinitions;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sagas that this release knows. */
@Configuration(proxyBeanMethods = false)
class CheckoutSagas {

  @Bean
  SagaDefinitions sagaDefinitions(PlaceOrderProperties properties) {
    var placeOrder = PlaceOrderSaga.definition(properties.steps());
    var starting = new DefinitionId(placeOrder.id().name(), properties.version());
    return new SagaDefinitions(List.of(placeOrder), Set.of(starting));
  }
}
