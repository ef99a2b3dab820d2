package dev.mall.web.limits;

import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Limits the requests of one port: a service's, or the operator's where that is another. */
public class LimitFilters {

  /** After the filters that trace and measure a request, before all that do something for it. */
  public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 98;

  @Bean
  FilterRegistrationBean<RequestLimitFilter> requestLimitFilter(WebProperties web) {
    return ordered(new RequestLimitFilter(web), ORDER);
  }

  @Bean
  FilterRegistrationBean<RequestGuardFilter> requestGuardFilter(
      WebProperties web,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return ordered(new RequestGuardFilter(web, problems), ORDER + 1);
  }

  @Bean
  FilterRegistrationBean<FormFilter> formFilter(
      WebProperties web,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    var registration = ordered(new FormFilter(web, problems), ORDER + 2);
    registration.setEnabled(!web.forms().isEmpty());
    return registration;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector(WebProperties web) {
    return tomcat -> customize(tomcat, web);
  }

  /** Problems for requests that Tomcat itself refuses, and limits of time. */
  private static void customize(TomcatServletWebServerFactory tomcat, WebProperties web) {
    tomcat.setProtocol(HeaderTimeProtocol.class.getName());
    tomcat.addConnectorCustomizers(connector -> {
      connector.setParseBodyMethods(""); // FormFilter reads forms, within the limits
      if (connector.getProtocolHandler() instanceof HeaderTimeProtocol protocol) {
        protocol.setHeadersWithin(web.headersWithin());
      }
    });
    tomcat.addContextValves(new BrokenBodyValve());
    tomcat.addContextCustomizers(context -> {
      if (context.getParent() instanceof StandardHost host) {
        host.setErrorReportValveClass(ProblemReportValve.class.getName());
      }
    });
  }

  private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> ordered(
      F filter, int order) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }
}
