package dev.mall.notification;

import static dev.mall.security.AccessRule.owned;

import dev.mall.security.AccessRule.Owner.Parameter;
import dev.mall.security.AccessRules;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see and change notifications. */
@Configuration(proxyBeanMethods = false)
public class NotificationAccess {

  @Bean
  public static AccessRules accessRules() {
    return new AccessRules(List.of(owned("GET", "/notifications", new Parameter("customerId"))));
  }
}
