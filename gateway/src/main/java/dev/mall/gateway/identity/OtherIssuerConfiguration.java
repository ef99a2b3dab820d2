package dev.mall.gateway.identity;

import dev.mall.gateway.autoconfigure.OtherIssuer;
import dev.mall.security.TokenVerification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Verifies the tokens of another issuer, whose subjects the gateway counts requests by. */
@Configuration(proxyBeanMethods = false)
@Conditional(OtherIssuer.class)
@Import(TokenVerification.class)
class OtherIssuerConfiguration {

  private static final Logger log = LoggerFactory.getLogger(OtherIssuerConfiguration.class);

  @Bean
  SmartInitializingSingleton otherIssuer(@Value("${mall.security.issuer}") String issuer) {
    return () ->
        log.info(
            "Tokens are those of {} (mall.security.issuer): the gateway's own authorization server and"
                + " the shop are off, and its users, clients and keys are not used",
            issuer);
  }
}
