package dev.mall.notification;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts notification-service. */
@SpringBootApplication
public class NotificationApplication {

  public static void main(String[] args) {
    application().run(args);
  }

  /** This service, configured and not yet started. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(NotificationApplication.class)
        .properties("spring.config.name=notification-service");
  }
}
