package dev.mall.security;

import dev.mall.web.limits.LimitFilters;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Judges the requests of a service that has rules, where an issuer is configured. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnExpression("!'${mall.security.issuer:}'.isBlank()")
@ConditionalOnBean(AccessRules.class)
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityAutoConfiguration {

  private static final int AFTER_LIMITS = LimitFilters.ORDER + 3;

  @Bean
  TokenVerifier tokenVerifier(SecurityProperties security) {
    return new TokenVerifier(security, new IssuerKeys(security.issuer()));
  }

  @Bean
  FilterRegistrationBean<BearerTokenFilter> bearerTokenFilter(
      TokenVerifier tokens,
      AccessRules rules,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    var registration = new FilterRegistrationBean<>(new BearerTokenFilter(tokens, rules, problems));
    registration.setOrder(AFTER_LIMITS);
    return registration;
  }
}
