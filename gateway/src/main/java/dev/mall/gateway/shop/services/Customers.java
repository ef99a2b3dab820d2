package dev.mall.gateway.shop.services;

import dev.mall.gateway.identity.CustomerTokens;
import org.springframework.security.core.Authentication;

/** The logged-in customer, in whose name the services are asked. */
public final class Customers {

  private final CustomerTokens tokens;

  public Customers(CustomerTokens tokens) {
    this.tokens = tokens;
  }

  /** The token is of this request alone, and stays out of logs. */
  public record Customer(String id, String token) {

    @Override
    public String toString() {
      return id;
    }
  }

  public Customer of(Authentication login) {
    return new Customer(login.getName(), tokens.issue(login.getName()));
  }
}
