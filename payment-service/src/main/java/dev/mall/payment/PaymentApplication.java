package dev.mall.payment;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts payment-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class PaymentApplication {

  public static void main(String[] args) {
    application().run(args);
  }

  /** This service, configured and not yet started. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(PaymentApplication.class)
        .properties("spring.config.name=payment-service");
  }
}
