package dev.mall.inventory;

import static dev.mall.security.AccessRule.open;
import static dev.mall.security.AccessRule.staff;
import static dev.mall.security.Role.MERCHANT;
import static dev.mall.security.Role.OPERATOR;

import dev.mall.security.AccessRules;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see and change products and stock. */
@Configuration(proxyBeanMethods = false)
public class InventoryAccess {

  @Bean
  public static AccessRules accessRules() {
    return new AccessRules(
        List.of(
            open("GET", "/products"),
            open("GET", "/products/{sku}"),
            staff("PUT", "/products/{sku}", MERCHANT),
            open("GET", "/availability"),
            staff("GET", "/stock/{sku}", MERCHANT, OPERATOR),
            staff("POST", "/stock/{sku}/receipts", MERCHANT),
            staff("POST", "/catalogue/republish", MERCHANT)));
  }
}
