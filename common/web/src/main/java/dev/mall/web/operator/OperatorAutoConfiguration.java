package dev.mall.web.operator;

import dev.mall.web.limits.LimitFilters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Guards the operator's paths. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(OperatorProperties.class)
@Import(OperatorAutoConfiguration.Filters.class)
class OperatorAutoConfiguration {

  /** Registered on the service's port, and on the operator's where that is another. */
  static class Filters {

    private static final int AFTER_LIMITS = LimitFilters.ORDER + 2;

    @Bean
    FilterRegistrationBean<OperatorTokenFilter> operatorTokenFilter(
        OperatorProperties operator,
        @Value("${mall.security.issuer:}") String issuer,
        ObjectProvider<OperatorAccess> access,
        MeterRegistry meters,
        @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
      var registration =
          new FilterRegistrationBean<>(
              new OperatorTokenFilter(
                  operator,
                  operator.guardedPaths(issuer),
                  Optional.ofNullable(access.getIfAvailable()),
                  meters,
                  problems));
      registration.setOrder(AFTER_LIMITS);
      return registration;
    }
  }
}
