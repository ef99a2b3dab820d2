package dev.mall.benchmarks.floor;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Floor A: the whole order in one Spring Boot service. */
@SpringBootApplication(proxyBeanMethods = false)
public class FloorApplication {

  /** Of connections: more would only wait for each other on few processors. */
  static final int POOL = 10;

  public static void main(String... arguments) {
    var application = new SpringApplication(FloorApplication.class);
    application.setDefaultProperties(
        Map.of(
            "spring.threads.virtual.enabled",
            "true",
            "spring.datasource.hikari.maximum-pool-size",
            POOL,
            "spring.datasource.hikari.minimum-idle",
            POOL,
            "spring.datasource.hikari.auto-commit",
            "false",
            "server.tomcat.max-keep-alive-requests",
            -1, // as the services
            "spring.main.banner-mode",
            "off"));
    application.run(arguments);
  }

  @Bean
  PlaceLocally placeLocally(JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new PlaceLocally(jdbc, new TransactionTemplate(transactions));
  }
}
