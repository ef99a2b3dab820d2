package dev.mall.payment;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts payment-service. */
@SpringBootApplication
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
