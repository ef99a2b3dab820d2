package dev.mall.web;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/** Gives every service with an HTTP port the same errors and limits. */
@AutoConfiguration(before = {ErrorMvcAutoConfiguration.class, WebMvcAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({WebProperties.class, OperatorProperties.class})
@Import({ProblemHandler.class, ProblemErrorController.class, DecimalNumbers.class})
class MallWebAutoConfiguration {

  /** After the filters that trace and measure a request, before all that do something for it. */
  static final int EARLY = Ordered.HIGHEST_PRECEDENCE + 100;

  @Bean
  FilterRegistrationBean<OperatorTokenFilter> operatorTokenFilter(
      OperatorProperties operator,
      MeterRegistry meters,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return ordered(new OperatorTokenFilter(operator, meters, problems), EARLY);
  }

  @Bean
  FilterRegistrationBean<RequestGuardFilter> requestGuardFilter(
      WebProperties web,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return ordered(new RequestGuardFilter(web, problems), EARLY - 1);
  }

  @Bean
  FilterRegistrationBean<RequestLimitFilter> requestLimitFilter(WebProperties web) {
    return ordered(new RequestLimitFilter(web), EARLY - 2);
  }

  @Bean
  StrictInput strictInput(JsonMapper json) {
    return new StrictInput(json);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector(WebProperties web) {
    return tomcat -> customize(tomcat, web);
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> shutdownDeadline(WebProperties web) {
    return _ -> ShutdownDeadline.register(web.stopWithin());
  }

  /** Problems for what Tomcat itself refuses, and limits of time. */
  static void customize(TomcatServletWebServerFactory tomcat, WebProperties web) {
    tomcat.setProtocol(HeaderTimeProtocol.class.getName());
    tomcat.addConnectorCustomizers(connector -> {
      connector.setParseBodyMethods(""); // no forms: a body is JSON
      if (connector.getProtocolHandler() instanceof HeaderTimeProtocol protocol) {
        protocol.setHeadersWithin(web.headersWithin());
      }
    });
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
