package dev.mall.web.secrets;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Ends the start before a connection is made with a published secret. */
@AutoConfiguration
class PublishedSecretsAutoConfiguration {

  @Bean
  static BeanFactoryPostProcessor publishedSecrets(Environment environment) {
    return _ -> PublishedSecrets.refuse(environment);
  }
}
