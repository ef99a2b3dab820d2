package dev.mall.web.bulkhead;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Keeps web requests from taking every connection of the pool. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DelegatingDataSource.class)
@EnableConfigurationProperties(BulkheadProperties.class)
class BulkheadAutoConfiguration {

  private static final String POOL_SIZE = "spring.datasource.hikari.maximum-pool-size";
  private static final int POOL_SIZE_UNLESS_SET = 10;

  @Bean
  static Bulkhead bulkhead(BulkheadProperties properties, Environment environment) {
    if (properties.atMost()
        >= environment.getProperty(POOL_SIZE, Integer.class, POOL_SIZE_UNLESS_SET)) {
      throw new IllegalArgumentException("mall.web.connections.at-most must be below " + POOL_SIZE);
    }
    return new Bulkhead(properties);
  }

  @Bean
  static BeanPostProcessor connectionsOfRequests(ObjectProvider<Bulkhead> bulkhead) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool
            ? new BulkheadDataSource(pool, bulkhead.getObject())
            : bean;
      }
    };
  }
}
