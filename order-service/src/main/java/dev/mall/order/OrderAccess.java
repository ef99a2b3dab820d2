package dev.mall.order;

import static dev.mall.security.AccessRule.owned;
import static dev.mall.security.Role.CHANNEL;
import static dev.mall.security.Role.OPERATOR;

import dev.mall.security.AccessRule.Owner.Data;
import dev.mall.security.AccessRule.Owner.Parameter;
import dev.mall.security.AccessRules;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see and change orders. */
@Configuration(proxyBeanMethods = false)
public class OrderAccess {

  @Bean
  public static AccessRules accessRules() {
    return new AccessRules(
        List.of(
            owned("POST", "/orders", new Data(), CHANNEL),
            owned("GET", "/orders", new Parameter("customerId"), CHANNEL, OPERATOR),
            owned("GET", "/orders/{id}", new Data(), CHANNEL, OPERATOR),
            owned("GET", "/orders/{id}/timeline", new Data(), CHANNEL, OPERATOR),
            owned("POST", "/orders/{id}/cancellation", new Data(), CHANNEL)));
  }
}
