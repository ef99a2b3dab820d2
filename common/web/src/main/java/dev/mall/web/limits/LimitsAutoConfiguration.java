package dev.mall.web.limits;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Gives every service with an HTTP port the same limits. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(WebProperties.class)
@Import(LimitFilters.class)
class LimitsAutoConfiguration {

  @Bean
  ApplicationListener<ApplicationReadyEvent> shutdownDeadline(WebProperties web) {
    return _ -> ShutdownDeadline.register(web.stopWithin());
  }
}
