package dev.mall.inventory;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts inventory-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class InventoryApplication {

  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(InventoryApplication.class)
        .properties("spring.config.name=inventory-service");
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
