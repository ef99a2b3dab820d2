package dev.mall.gateway.identity.keys;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Signs tokens with the key of the day, and publishes it with its neighbours. */
@Configuration(proxyBeanMethods = false)
@Conditional(OwnIssuer.class)
class KeysConfiguration {

  @Bean
  SigningKeys signingKeys(
      KeyProperties keys, JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new SigningKeys(
        new SigningKeyStore(
            jdbc,
            new TransactionTemplate(transactions),
            keys.schedule(),
            new KeyCipher(keys.secret())));
  }

  @Bean
  JwtEncoder jwtEncoder(SigningKeys keys) {
    return new NimbusJwtEncoder(keys.signing());
  }
}
