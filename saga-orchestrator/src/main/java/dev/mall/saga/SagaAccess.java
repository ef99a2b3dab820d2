package dev.mall.saga;

import static dev.mall.security.AccessRule.staff;
import static dev.mall.security.Role.OPERATOR;

import dev.mall.security.AccessRules;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see and change sagas, steps, dead letters and the audit log. */
@Configuration(proxyBeanMethods = false)
public class SagaAccess {

  @Bean
  public static AccessRules accessRules() {
    return new AccessRules(
        List.of(
            staff("GET", "/sagas", OPERATOR),
            staff("GET", "/sagas/{orderId}", OPERATOR),
            staff("GET", "/steps", OPERATOR),
            staff("GET", "/dead-letters", OPERATOR),
            staff("GET", "/dead-letters/{id}", OPERATOR),
            staff("GET", "/acts", OPERATOR),
            staff("POST", "/sagas/{orderId}/retry", OPERATOR),
            staff("POST", "/sagas/{orderId}/compensate", OPERATOR),
            staff("POST", "/sagas/{orderId}/settle", OPERATOR),
            staff("PUT", "/steps/{step}/pause", OPERATOR),
            staff("PUT", "/steps/{step}/resume", OPERATOR),
            staff("POST", "/dead-letters/redrive", OPERATOR),
            staff("POST", "/dead-letters/{id}/redrive", OPERATOR),
            staff("POST", "/dead-letters/{id}/discard", OPERATOR)));
  }
}
