package dev.mall.order;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts order-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class OrderApplication {

  public static void main(String[] args) {
    application().run(args);
  }

  /** Returns this service, configured and not yet started. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(OrderApplication.class)
        .properties("spring.config.name=order-service");
  }
}
