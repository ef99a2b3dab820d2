package dev.mall.web;

import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Gives every service with an HTTP port the same errors and limits. */
@AutoConfiguration(before = {ErrorMvcAutoConfiguration.class, WebMvcAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({WebProperties.class, OperatorProperties.class})
@Import({ProblemHandler.class, ProblemErrorController.class})
class MallWebAutoConfiguration {

  /** After the filters that trace and measure a request, before all that do something for it. */
  static final int EARLY = Ordered.HIGHEST_PRECEDENCE + 100;

  @Bean
  FilterRegistrationBean<OperatorTokenFilter> operatorTokenFilter(
      OperatorProperties operator,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return ordered(new OperatorTokenFilter(operator, problems), EARLY);
  }

  @Bean
  FilterRegistrationBean<RequestLimitFilter> requestLimitFilter(
      WebProperties web,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return ordered(new RequestLimitFilter(web.maxBody().toBytes(), problems), EARLY + 1);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReportValve() {
    return tomcat ->
        tomcat.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemReportValve.class.getName());
          }
        });
  }

  static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> ordered(F filter, int order) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }
}
