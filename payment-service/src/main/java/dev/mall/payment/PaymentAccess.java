package dev.mall.payment;

import static dev.mall.security.AccessRule.owned;
import static dev.mall.security.AccessRule.staff;
import static dev.mall.security.Role.MERCHANT;
import static dev.mall.security.Role.OPERATOR;

import dev.mall.security.AccessRule.Owner.Data;
import dev.mall.security.AccessRule.Owner.PathVariable;
import dev.mall.security.AccessRules;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see and change payments and wallets. */
@Configuration(proxyBeanMethods = false)
public class PaymentAccess {

  private static final PathVariable CUSTOMER_ID = new PathVariable("customerId");

  @Bean
  public static AccessRules accessRules() {
    return new AccessRules(
        List.of(
            owned("GET", "/payments", new Data(), OPERATOR),
            owned("GET", "/wallets/{customerId}", CUSTOMER_ID),
            owned("GET", "/wallets/{customerId}/entries", CUSTOMER_ID),
            staff("POST", "/wallets/{customerId}/deposits", MERCHANT),
            owned("GET", "/wallets/{customerId}/deposits/{depositId}", CUSTOMER_ID, MERCHANT)));
  }
}
