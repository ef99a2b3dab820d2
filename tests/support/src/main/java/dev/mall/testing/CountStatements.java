package dev.mall.testing;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Import this into a Spring test to have a {@link StatementCounter} on every data source. */
@Configuration(proxyBeanMethods = false)
public class CountStatements {

  @Bean
  static StatementCounter statementCounter() {
    return new StatementCounter();
  }

  @Bean
  static BeanPostProcessor countStatements(ObjectProvider<StatementCounter> counter) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source ? counter.getObject().on(source) : bean;
      }
    };
  }
}
