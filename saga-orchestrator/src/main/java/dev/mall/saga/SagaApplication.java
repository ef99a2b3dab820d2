package dev.mall.saga;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class SagaApplication {

  public static void main(String[] args) {
    application().run(args);
  }

  /** The service, not yet started; its configuration is {@code saga-orchestrator.yml}. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(SagaApplication.class)
        .properties("spring.config.name=saga-orchestrator");
  }
}
