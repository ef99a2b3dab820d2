package dev.mall.saga.runtime;

import dev.mall.saga.engine.definition.Saga;
import dev.mall.saga.engine.definition.SagaDefinitions;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Collects the beans that define a saga. */
@Configuration(proxyBeanMethods = false)
class SagaConfiguration {

  @Bean
  SagaDefinitions sagaDefinitions(List<Saga<?>> sagas) {
    return new SagaDefinitions(sagas);
  }
}
