package dev.mall.web;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Guards Actuator where it has a port of its own (MALL_MANAGEMENT_PORT): that port has a context of
 * its own, to which none of the service's filters belong.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class OperatorPortConfiguration {

  @Bean
  FilterRegistrationBean<OperatorTokenFilter> operatorPortTokenFilter(
      OperatorProperties operator,
      MeterRegistry meters,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return MallWebAutoConfiguration.ordered(
        new OperatorTokenFilter(operator, meters, problems), MallWebAutoConfiguration.EARLY);
  }

  @Bean
  FilterRegistrationBean<RequestGuardFilter> operatorPortGuardFilter(
      WebProperties web,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return MallWebAutoConfiguration.ordered(
        new RequestGuardFilter(web, problems), MallWebAutoConfiguration.EARLY - 1);
  }

  @Bean
  FilterRegistrationBean<RequestLimitFilter> operatorPortLimitFilter(WebProperties web) {
    return MallWebAutoConfiguration.ordered(
        new RequestLimitFilter(web), MallWebAutoConfiguration.EARLY - 2);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> operatorPortConnector(
      WebProperties web) {
    return tomcat -> MallWebAutoConfiguration.customize(tomcat, web);
  }
}
