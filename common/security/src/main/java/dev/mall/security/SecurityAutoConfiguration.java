package dev.mall.security;

import dev.mall.web.limits.LimitFilters;
import dev.mall.web.operator.OperatorAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Judges the requests of a service where an issuer is configured. An issuer without rules ends the
 * start; rules without an issuer are logged, since they judge nothing.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class SecurityAutoConfiguration {

  private static final Logger log = LoggerFactory.getLogger(SecurityAutoConfiguration.class);
  private static final int AFTER_LIMITS = LimitFilters.ORDER + 3;

  private static final String GATEWAY = "http://localhost:8080";

  @Bean
  @ConditionalOnBean(AccessRules.class)
  GlobalOpenApiCustomizer accessDocumentation(
      AccessRules rules, @Value("${mall.security.issuer:}") String issuer) {
    return new AccessDocumentation(rules, issuer.isBlank() ? GATEWAY : issuer);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("!'${mall.security.issuer:}'.isBlank()")
  @Import(TokenVerification.class)
  static class WithIssuer {

    /** Actuator is an operator's to change and an auditor's to read, too. */
    @Bean
    OperatorAccess actuatorAccess(TokenVerifier tokens) {
      return (method, token) -> {
        var caller = tokens.callerOf(token);
        if (caller.filter(it -> !it.has(Role.OPERATOR) && !it.reads(method)).isPresent()) {
          throw BearerTokenFilter.forbidden();
        }
        return caller.map(Caller::subject);
      };
    }

    @Bean
    FilterRegistrationBean<BearerTokenFilter> bearerTokenFilter(
        TokenVerifier tokens,
        ObjectProvider<AccessRules> rules,
        @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
      var judged =
          rules.getIfAvailable(() -> {
            throw new IllegalStateException(
                "mall.security.issuer (MALL_SECURITY_ISSUER) is set, but this service has no"
                    + " AccessRules, and would judge no request: unset it");
          });
      var registration =
          new FilterRegistrationBean<>(new BearerTokenFilter(tokens, judged, problems));
      registration.setOrder(AFTER_LIMITS);
      return registration;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("'${mall.security.issuer:}'.isBlank()")
  @ConditionalOnBean(AccessRules.class)
  static class WithoutIssuer {

    @Bean
    SmartInitializingSingleton unjudged() {
      return () ->
          log.warn(
              "mall.security.issuer (MALL_SECURITY_ISSUER) is not set: requests need no token");
    }
  }
}
