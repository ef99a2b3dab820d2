package dev.mall.security;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Verifies tokens of the issuer that is configured, as a {@code JwtDecoder}; judges no request. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecurityProperties.class)
public class TokenVerification {

  @Bean
  TokenVerifier tokenVerifier(SecurityProperties security) {
    return new TokenVerifier(security, new IssuerKeys(security.issuer(), security.jwksUri()));
  }
}
